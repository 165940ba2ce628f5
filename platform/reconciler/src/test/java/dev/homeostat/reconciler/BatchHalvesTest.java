package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What was wrong with batches that were halved, or given up after some of their results, as the simulator found. */
final class BatchHalvesTest {
    private static final Options OPTIONS = Lab.OPTIONS.operationDeadline(Duration.ofSeconds(10));

    private final Lab lab = new Lab();

    @Test
    void promise_B14_theEntriesOfAHalfHaveTheDeadlineOfTheHalf() {
        List<String> wrong = new ArrayList<>();
        lab.putAll("a", "b", "c");
        start((context, entries) -> {
            entries.forEach(entry -> {
                if (!entry.deadline().equals(context.deadline())) {
                    wrong.add(entry.row().name() + " of " + entries.size());
                }
            });
            lab.clock.sleep(Duration.ofSeconds(1));
            failUnlessOne(entries);
        });
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.items.count(lab.db.readTxn())).isEqualTo(3);
        assertThat(wrong).isEmpty();
    }

    @Test
    void promise_B14_anInterruptThatOneCallLeavesBehindEndsWithIt() {
        List<Boolean> interrupted = new ArrayList<>();
        lab.putAll("a", "b");
        start((context, entries) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            Thread.currentThread().interrupt();
            failUnlessOne(entries);
        });
        lab.clock.runUntilIdle();
        assertThat(interrupted).hasSize(3).containsOnly(false);
    }

    @Test
    void promise_B17_anEntryWhoseRowChangesBeforeItsHalfIsAccountedForAndItsFactsStay() {
        List<Map<String, String>> known = new ArrayList<>();
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = start((context, entries) -> {
            if (entries.size() == 2) {
                entries.getLast().learn("id", "17");
                lab.put("b", "2");
            } else if (entries.getFirst().row().name().equals("b")) {
                known.add(entries.getFirst().facts());
            }
            failUnlessOne(entries);
        });
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.explain(reconciler, "b").attempts())
                .extracting(Explanation.Attempt::outcome)
                .containsExactly("done", "superseded");
        assertThat(known).containsExactly(Map.of("id", "17"));
    }

    @Test
    void promise_B14_aDeleteWithAResultLeavesNothingWhenItsBatchEndsLate() {
        Gate gate = lab.clock.gate();
        lab.put("a", "1");
        RunningReconciler<Item> reconciler = lab.start(
                "lab",
                new Halving((context, entries) -> {
                    entries.getFirst().learn("id", "17");
                    entries.getFirst().result(Outcome.done());
                }) {
                    @Override
                    public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {
                        entries.getFirst().result(Outcome.done());
                        gate.awaitUninterruptibly();
                    }
                },
                OPTIONS);
        lab.clock.runUntilIdle();
        lab.delete("a");
        lab.advance(Duration.ofSeconds(11));
        gate.open();
        lab.advance(Duration.ofSeconds(11));
        assertThat(lab.status(reconciler, "a")).isNull();
    }

    private RunningReconciler<Item> start(Update update) {
        RunningReconciler<Item> reconciler = lab.start("lab", new Halving(update), OPTIONS);
        lab.clock.runUntilIdle();
        return reconciler;
    }

    private static void failUnlessOne(List<BatchEntry<Item>> entries) {
        if (entries.size() > 1) {
            throw new IllegalStateException("too many at once");
        }
        entries.getFirst().result(Outcome.done());
    }

    private interface Update {
        void run(BatchContext context, List<BatchEntry<Item>> entries) throws Exception;
    }

    /** Operations of which every call that throws is halved. */
    private static class Halving implements BatchOperations<Item> {
        private final Update update;

        Halving(Update update) {
            this.update = update;
        }

        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) throws Exception {
            update.run(context, entries);
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {
            entries.forEach(entry -> entry.result(Outcome.done()));
        }

        @Override
        public boolean bisect(Throwable failure) {
            return true;
        }
    }
}
