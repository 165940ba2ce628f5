package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Every way in which a batch leaves its entries without results: each is an error of those entries, which are tried again. */
final class BatchResultsTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private static final String UNSET = "the batch left it without a result";

    private final Lab lab = new Lab();

    @Test
    void promise_B17_aBatchThatSaysNothingFailsAllItsEntries() {
        lab.putAll("a", "b", "c");
        RunningReconciler<Item> reconciler = run((context, entries) -> {});
        assertThat(errors(reconciler, "a", "b", "c")).containsOnly(UNSET);
        assertThat(reconciler.health().failing()).isEqualTo(3);
        assertThat(reconciler.stats().errors()).isEqualTo(3);
    }

    @Test
    void promise_B17_deletesThatAreLeftUnsetAreUndoneAndTriedAgain() {
        lab.putAll("a", "b");
        List<Integer> attempts = new ArrayList<>();
        Batches batches = new Batches((context, entries) -> entries.forEach(entry -> entry.result(Outcome.done())));
        batches.deletes = (context, entries) -> {
            for (BatchEntry<Item> entry : entries) {
                attempts.add(entry.attempt());
                if (entry.attempt() > 1) {
                    entry.result(Outcome.done());
                }
            }
        };
        RunningReconciler<Item> reconciler = lab.start("lab", batches, OPTIONS);
        lab.clock.runUntilIdle();
        lab.delete("a");
        lab.clock.runUntilIdle();
        assertThat(errors(reconciler, "a")).containsExactly(UNSET);
        assertThat(reconciler.undoneDeletes()).containsExactly(Item.key("a"));
        lab.advance(Duration.ofSeconds(1));
        assertThat(attempts).containsExactly(1, 2);
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B17_anErrorThatIsThrownFailsTheEntriesWithoutAResult() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = run((context, entries) -> {
            entries.getFirst().result(Outcome.done());
            throw new StackOverflowError();
        });
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(errors(reconciler, "b")).singleElement().asString().contains("StackOverflowError");
    }

    @Test
    void promise_B17_aBatchThatIsInterruptedFailsTheEntriesWithoutAResult() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = run((context, entries) -> {
            entries.getFirst().result(Outcome.done());
            lab.clock.gate().await();
        });
        lab.advance(Duration.ofMillis(10_001));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "b").kind()).isEqualTo(StatusKind.ERROR);
    }

    @Test
    void promise_B17_aResultThatComesAfterTheBatchIsRefused_andTheEntryHasFailed() {
        lab.put("a", "1");
        List<BatchEntry<Item>> kept = new ArrayList<>();
        RunningReconciler<Item> reconciler = run((context, entries) -> kept.addAll(entries));
        assertThat(errors(reconciler, "a")).containsExactly(UNSET);
        assertThatThrownBy(() -> kept.getFirst().result(Outcome.done()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("entry a comes too late");
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.ERROR);
    }

    @Test
    void promise_B17_theSameEntryAgainAndAgainLeavesTheOthersUnset() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = run((context, entries) -> {
            for (int i = 0; i < entries.size(); i++) {
                entries.getFirst().result(Outcome.done());
            }
        });
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(errors(reconciler, "b"))
                .singleElement()
                .asString()
                .contains("the batch failed", "entry a was given a second result");
    }

    @Test
    void promise_B17_aBatchOfOneThatIsLeftUnsetHasFailed() throws Exception {
        OperationContext context = new Contexts().one();
        Batches silent = new Batches((batch, entries) -> {});
        assertThat(silent.update(context, new Item("a", "1"))).isEqualTo(Outcome.retry(UNSET));
        assertThat(silent.delete(context, new Item("a", "1"))).isEqualTo(Outcome.retry(UNSET));
    }

    @Test
    void promise_B17_whatWasLeftUnsetIsDoneByTheNextAttempt() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = run((context, entries) -> {
            for (BatchEntry<Item> entry : entries) {
                if (entry.attempt() > 2) {
                    entry.result(Outcome.done());
                }
            }
        });
        lab.advance(Duration.ofSeconds(2));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
        assertThat(reconciler.stats().retries()).isEqualTo(4);
    }

    private RunningReconciler<Item> run(Calls updates) {
        RunningReconciler<Item> reconciler = lab.start("lab", new Batches(updates), OPTIONS);
        lab.clock.runUntilIdle();
        return reconciler;
    }

    private List<String> errors(RunningReconciler<Item> reconciler, String... names) {
        List<String> errors = new ArrayList<>();
        for (String name : names) {
            Status status = lab.known(reconciler, name);
            assertThat(status.nextAttempt()).isNotNull();
            errors.add(String.valueOf(status.error()));
        }
        return errors;
    }

    /** One of the two calls. */
    private interface Calls {
        void run(BatchContext context, List<BatchEntry<Item>> entries) throws Exception;
    }

    /** Does what a test wants. */
    private static final class Batches implements BatchOperations<Item> {
        private final Calls updates;
        private Calls deletes = (context, entries) -> {};

        Batches(Calls updates) {
            this.updates = updates;
        }

        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) throws Exception {
            updates.run(context, entries);
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) throws Exception {
            deletes.run(context, entries);
        }
    }

    /** Gets hold of a context of a single operation. */
    private final class Contexts {
        private final List<OperationContext> seen = new ArrayList<>();

        OperationContext one() {
            lab.target.next("x", (context, operation) -> {
                seen.add(context);
                return operation.call();
            });
            lab.put("x", "1");
            lab.run(OPTIONS);
            return seen.getFirst();
        }
    }
}
