package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Operations on many rows at a time. */
final class BatchTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Lab lab = new Lab();
    private final BatchTarget batches = new BatchTarget();

    @Test
    void promise_B2_whatIsDueGoesInOneBatchWithAResultForEach() {
        lab.putAll("a", "b", "c");
        batches.faults.put("b", "busy");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        assertThat(batches.calls).containsExactly("update [a, b, c]");
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.kind(reconciler, "c")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "b").error()).isEqualTo("busy");
        assertThat(reconciler.stats().updates()).isEqualTo(3);
    }

    @Test
    void promise_B2_retriesGoThroughBatchesAndCountTheirAttempts() {
        lab.putAll("a", "b", "c");
        batches.faults.put("a", "busy");
        batches.faults.put("c", "busy");
        start(OPTIONS);
        batches.calls.clear();
        batches.faults.clear();
        batches.causes.clear();
        lab.advance(Duration.ofSeconds(1));
        assertThat(batches.causes).containsOnly(Cause.RETRY);
        assertThat(batches.attempts).contains(2);
        assertThat(String.join("", batches.calls)).contains("a").contains("c").doesNotContain("b");
    }

    @Test
    void promise_B2_refreshesGoThroughBatches() {
        for (int i = 0; i < 10; i++) {
            lab.put("i" + i, "1");
        }
        RunningReconciler<Item> reconciler = start(OPTIONS.refreshRate(1_000_000));
        batches.calls.clear();
        batches.causes.clear();
        reconciler.refresh();
        lab.clock.runUntilIdle();
        assertThat(batches.calls).hasSizeLessThanOrEqualTo(2);
        assertThat(batches.causes).hasSize(10).containsOnly(Cause.REFRESH);
    }

    @Test
    void promise_B2_aBatchIsAtMostARoundAndAllRoundsCountRows() {
        for (int i = 0; i < 250; i++) {
            lab.put("i" + i, "1");
        }
        start(OPTIONS.rounds(100, 10));
        assertThat(batches.sizes).containsExactly(100);
        lab.advance(Duration.ofMillis(100));
        assertThat(batches.sizes).containsExactly(100, 100);
        lab.advance(Duration.ofMillis(100));
        assertThat(batches.sizes).containsExactly(100, 100, 50);
    }

    @Test
    void promise_B2_atMostConcurrencyBatchesWithDisjointKeys() {
        Gate gate = lab.clock.gate();
        batches.gate = gate;
        for (int i = 0; i < 10; i++) {
            lab.put("i" + i, "1");
        }
        start(OPTIONS.concurrency(2).rounds(4, 1000));
        for (int i = 0; i < 10; i++) {
            lab.put("i" + i, "2");
        }
        lab.advance(Duration.ofSeconds(1));
        assertThat(batches.calls).hasSize(2);
        assertThat(batches.overlaps).isZero();
        gate.open();
        lab.advance(Duration.ofSeconds(1));
        assertThat(batches.overlaps).isZero();
        assertThat(batches.done.values()).containsOnly("2").hasSize(10);
    }

    @Test
    void promise_B17_anEntryLeftUnsetIsAnErrorThatSaysSo() {
        lab.putAll("a", "b");
        batches.unset.add("b");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "b").error()).isEqualTo("the batch left it without a result");
    }

    @Test
    void promise_B17_aBatchThatThrowsFailsTheEntriesWithoutAResult() {
        lab.putAll("a", "b", "c");
        batches.throwsAt.add("b");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "b").error()).isEqualTo("the batch failed: IllegalStateException: at b");
        assertThat(lab.known(reconciler, "c").error()).isEqualTo("the batch failed: IllegalStateException: at b");
        batches.throwsAt.clear();
        lab.advance(Duration.ofSeconds(1));
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B2_halvingFindsOneCulpritInTwiceTheLogarithmOfCalls() {
        for (int i = 0; i < 64; i++) {
            lab.put("i" + i, "1");
        }
        batches.transactional = true;
        batches.halves = true;
        batches.throwsAt.add("i37");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        assertThat(batches.calls).hasSizeLessThanOrEqualTo(1 + 2 * 6);
        assertThat(reconciler.health().failing()).isEqualTo(1);
        assertThat(lab.known(reconciler, "i37").error()).contains("at i37");
        assertThat(batches.done).hasSize(63);
        assertThat(lab.explain(reconciler, "i1").attempts())
                .as("one attempt, whatever the calls")
                .hasSize(1);
    }

    @Test
    void promise_B2_halvingEndsWhenTheTargetIsDown() {
        for (int i = 0; i < 64; i++) {
            lab.put("i" + i, "1");
            batches.throwsAt.add("i" + i);
        }
        batches.transactional = true;
        batches.halves = true;
        RunningReconciler<Item> reconciler = start(OPTIONS);
        assertThat(batches.calls).hasSize(3);
        assertThat(reconciler.health().failing()).isEqualTo(64);
    }

    @Test
    void promise_B14_aBatchThatHangsIsGivenUpAndItsResultsAreTaken() {
        lab.putAll("a", "b");
        Gate gate = lab.clock.gate();
        batches.hangsAt = "b";
        batches.hang = gate;
        RunningReconciler<Item> reconciler = start(OPTIONS);
        lab.put("c", "1");
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "b").error()).contains("deadline");
        assertThat(lab.kind(reconciler, "c")).as("others go on").isEqualTo(StatusKind.DONE);
        lab.put("a", "2");
        lab.advance(Duration.ofMinutes(1));
        assertThat(batches.done).as("its keys are closed").containsEntry("a", "1");
        gate.open();
        lab.advance(Duration.ofSeconds(1));
        assertThat(batches.done).containsEntry("a", "2").containsEntry("b", "1");
        assertThat(batches.late).hasMessageContaining("too late");
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    @SuppressWarnings("NullAway") // what careless operations do
    void promise_B17_aNullForAResultIsRefusedByTheNameOfItsEntry() {
        lab.put("a", "1");
        BatchOperations<Item> careless = new BatchOperations<>() {
            @Override
            public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
                entries.getFirst().result(null);
            }

            @Override
            public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {}
        };
        RunningReconciler<Item> reconciler = lab.start("lab", careless, OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.known(reconciler, "a").error()).contains("entry a: result(null); give an Outcome");
    }

    @Test
    void promise_B17_aSecondResultIsRefused() {
        lab.put("a", "1");
        BatchOperations<Item> twice = new BatchOperations<>() {
            @Override
            public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
                entries.getFirst().result(Outcome.done());
                assertThatThrownBy(() -> entries.getFirst().result(Outcome.retry("no")))
                        .hasMessageContaining(
                                "entry a was given a second result (retry: no) after the first (done): call result"
                                        + " once");
            }

            @Override
            public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {}
        };
        RunningReconciler<Item> reconciler = lab.start("lab", twice, OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B17_aResultForACallThatThrewIsRefusedOnceItsHalvesAreCalled() {
        lab.putAll("a", "b");
        List<BatchEntry<Item>> left = new ArrayList<>();
        BatchOperations<Item> leaves = new BatchOperations<>() {
            @Override
            public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
                if (entries.size() > 1) {
                    left.addAll(entries);
                    throw new IllegalStateException("not both at once");
                }
                left.forEach(entry -> assertThatThrownBy(() -> entry.result(Outcome.retry("from the first call")))
                        .hasMessageContaining("too late"));
                entries.getFirst().result(Outcome.done());
            }

            @Override
            public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {}

            @Override
            public boolean bisect(Throwable failure) {
                return true;
            }
        };
        RunningReconciler<Item> reconciler = lab.start("lab", leaves, OPTIONS);
        lab.clock.runUntilIdle();
        assertThat(left).hasSize(2);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B20_noHalfIsCalledOnceItIsAPlan() {
        lab.putAll("a", "b", "c", "d");
        Gate gate = lab.clock.gate();
        batches.transactional = true;
        batches.halves = true;
        batches.throwsAt.add("c");
        batches.heldAt = "update [a, b, c, d]";
        batches.gate = gate;
        RunningReconciler<Item> reconciler = start(OPTIONS);
        reconciler.options(OPTIONS.mode(Mode.PLAN));
        lab.clock.runUntilIdle();
        gate.open();
        lab.advance(Duration.ofMinutes(1));
        assertThat(batches.calls).containsExactly("update [a, b, c, d]");
        reconciler.options(OPTIONS);
        lab.advance(Duration.ofMinutes(1));
        assertThat(batches.done).containsOnlyKeys("a", "b", "d");
        assertThat(lab.known(reconciler, "c").error()).contains("at c");
    }

    @Test
    void promise_B14_theOtherHalfIsNotCalledOnceAKeyIsPaused() {
        lab.putAll("a", "b", "c", "d");
        Gate gate = lab.clock.gate();
        batches.transactional = true;
        batches.halves = true;
        batches.throwsAt.add("c");
        batches.heldAt = "update [a, b]";
        batches.gate = gate;
        RunningReconciler<Item> reconciler = start(OPTIONS);
        reconciler.pause(Item.key("d"));
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(batches.calls).containsExactly("update [a, b, c, d]", "update [a, b]");
        assertThat(lab.known(reconciler, "c").error()).isEqualTo("the batch failed: IllegalStateException: at c");
        lab.advance(Duration.ofMinutes(1));
        assertThat(batches.done).containsOnlyKeys("a", "b");
        reconciler.resume(Item.key("d"));
        lab.advance(Duration.ofMinutes(1));
        assertThat(batches.done).containsOnlyKeys("a", "b", "d");
    }

    @Test
    void promise_B1_whatAnEntryLearnedReachesTheNextAttemptAndTheDelete_thoughItsHalfCameTooLateForIt() {
        lab.putAll("a", "b", "c", "d");
        Gate gate = lab.clock.gate();
        batches.transactional = true;
        batches.halves = true;
        batches.throwsAt.add("c");
        batches.learns = "42";
        batches.heldAt = "update [a, b, c, d]";
        batches.gate = gate;
        RunningReconciler<Item> reconciler = start(OPTIONS);
        lab.put("a", "2");
        lab.delete("b");
        batches.learns = "";
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(batches.calls)
                .containsExactly(
                        "update [a, b, c, d]", "update [c, d]", "update [c]", "update [d]", "delete [b]", "update [a]");
        assertThat(batches.facts).containsEntry("a", Map.of("id", "42")).containsEntry("b", Map.of("id", "42"));
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B14_explainSaysHowLongAnEntryTakesWhileItsBatchIsHalved() {
        lab.advance(Duration.ofMinutes(1));
        lab.putAll("a", "b", "c");
        batches.halves = true;
        batches.throwsAt.add("b");
        batches.heldAt = "update [b]";
        batches.gate = lab.clock.gate();
        RunningReconciler<Item> reconciler = start(OPTIONS);
        lab.advance(Duration.ofSeconds(3));
        assertThat(batches.calls).containsExactly("update [a, b, c]", "update [b]");
        for (String name : List.of("a", "b", "c")) {
            assertThat(lab.explain(reconciler, name).attempts().getFirst().took())
                    .isEqualTo(Duration.ofSeconds(3));
        }
    }

    private RunningReconciler<Item> start(Options options) {
        RunningReconciler<Item> reconciler = lab.start("lab", batches, options);
        lab.clock.runUntilIdle();
        return reconciler;
    }
}
