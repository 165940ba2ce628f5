package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** An operation that was given a place behind others, and whose row changes before it begins. */
final class OutdatedPlaceTest {
    private static final Options OPTIONS = Lab.OPTIONS.operationDeadline(Duration.ofSeconds(10));

    private final Lab lab = new Lab();
    private final List<String> calls = new ArrayList<>();
    private final Map<String, Gate> gates = new HashMap<>();

    @Test
    void promise_B14_aChangeOfARowThatWaitsBehindDeletes_startsInAFreeSlot() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = start(OPTIONS.concurrency(2));
        Gate gate = gate("delete [a]");
        lab.delete("a");
        lab.put("b", "2");
        lab.advance(Duration.ofMillis(500)); // after a second the update would go there
        lab.delete("b");
        lab.advance(Duration.ofSeconds(1));
        assertThat(calls).containsExactly("delete [a]", "delete [b]");
        gate.open();
        lab.advance(Duration.ofMinutes(1));
        assertThat(calls).containsExactly("delete [a]", "delete [b]");
        assertThat(reconciler.undoneDeletes()).isEmpty();
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B14_aRowThatWasLeftOutOfARunningBatch_startsInAFreeSlot() {
        lab.putAll("a", "b", "c");
        start(OPTIONS.concurrency(2));
        Gate deletes = gate("delete [a]");
        Gate other = gate("update [d]");
        Gate updates = gate("update [c]");
        lab.delete("a");
        lab.put("b", "2");
        lab.put("c", "2");
        lab.clock.runUntilIdle();
        lab.put("d", "1");
        lab.clock.runUntilIdle();
        lab.put("b", "3");
        deletes.open();
        lab.clock.runUntilIdle();
        assertThat(calls).as("both slots are taken").containsExactly("delete [a]", "update [d]", "update [c]");
        other.open();
        lab.clock.runUntilIdle();
        assertThat(calls).containsExactly("delete [a]", "update [d]", "update [c]", "update [b]");
        updates.open();
        lab.advance(Duration.ofMinutes(1));
        assertThat(calls).hasSize(4);
    }

    @Test
    void promise_B21_aRowThatWasLeftOutOfABatchIsInNoAccount_alsoWhenThatIsGivenUp() {
        lab.putAll("a", "b", "c");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        Gate deletes = gate("delete [a]");
        gate("update [c]");
        lab.delete("a");
        lab.put("b", "2");
        lab.put("c", "2");
        lab.clock.runUntilIdle();
        lab.put("b", "3");
        deletes.open();
        lab.clock.runUntilIdle();
        assertThat(calls).containsExactly("delete [a]", "update [c]");
        Explanation waiting = lab.explain(reconciler, "b");
        assertThat(waiting.attempts())
                .extracting(Explanation.Attempt::outcome)
                .as("the first version's")
                .containsExactly("done");
        assertThat(waiting.waitsFor()).startsWith("its turn");
        lab.advance(Duration.ofSeconds(11));
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(lab.explain(reconciler, "b").attempts())
                .extracting(Explanation.Attempt::outcome)
                .containsExactly("done", "done");
        assertThat(reconciler.health().problems()).singleElement().asString().contains("update of c");
    }

    @Test
    void promise_B2_aDeleteOfARowThatCameAgainAndWentAgain_isDoneOnceAndInItsTurn() {
        lab.putAll("a", "b", "c");
        RunningReconciler<Item> reconciler = start(OPTIONS);
        Gate gate = gate("update [c]");
        lab.put("c", "2");
        lab.clock.runUntilIdle();
        lab.delete("a");
        var wait = reconciler.waitForReconciliation(); // takes in the delete
        lab.clock.runUntilIdle();
        lab.put("a", "2");
        lab.delete("b");
        lab.delete("a");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(calls).containsExactly("update [c]", "delete [b, a]");
        assertThat(Lab.result(wait).reconciled()).isTrue();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    private Gate gate(String call) {
        Gate gate = lab.clock.gate();
        gates.put(call, gate);
        return gate;
    }

    private RunningReconciler<Item> start(Options options) {
        RunningReconciler<Item> reconciler = lab.start("lab", new Noted(), options);
        lab.clock.runUntilIdle();
        calls.clear();
        return reconciler;
    }

    /** Writes down the calls, and lets some of them wait. */
    private final class Noted implements BatchOperations<Item> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<Item>> entries) {
            call("update", entries);
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<Item>> entries) {
            call("delete", entries);
        }

        private void call(String operation, List<BatchEntry<Item>> entries) {
            String call = operation + " "
                    + entries.stream().map(entry -> entry.row().name()).toList();
            calls.add(call);
            Gate gate = gates.get(call);
            if (gate != null) {
                gate.awaitUninterruptibly();
            }
            entries.stream().filter(entry -> !entry.isCancelled()).forEach(entry -> entry.result(Outcome.done()));
        }
    }
}
