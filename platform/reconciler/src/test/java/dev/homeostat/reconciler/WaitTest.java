package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.ReconciledUpTo;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Waiting for the target to be as desired. */
final class WaitTest {
    private static final Options OPTIONS =
            Lab.OPTIONS.retrying(Duration.ofSeconds(10), Duration.ofSeconds(10)).concurrency(2);
    private final Lab lab = new Lab();

    @Test
    void promise_B6_withNothingToDoItEndsAtOnce() {
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait)).isEqualTo(new WaitResult(true, java.util.List.of(), ""));
    }

    @Test
    void promise_B6_itWaitsForRetriesAndUndoneDeletes() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("a", Fault.error("busy"));
        lab.target.next("b", Fault.error("busy"));
        lab.put("a", "2");
        lab.delete("b");
        lab.clock.runUntilIdle();
        var wait = reconciler.waitForReconciliation();
        lab.advance(Duration.ofSeconds(9));
        assertThat(Lab.isDone(wait)).isFalse();
        lab.advance(Duration.ofSeconds(1));
        assertThat(Lab.result(wait).reconciled()).isTrue();
        lab.assertTarget("a");
    }

    @Test
    void promise_B6_itCoversWhatWasThereAtTheCallAndNothingLater() {
        lab.put("a", "1");
        lab.target.next("a", Fault.slow(lab.clock, Duration.ofSeconds(5)));
        lab.breakFor("later", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.put("later", "1");
        lab.advance(Duration.ofSeconds(5));
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_supersededCountsAsDone() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(wait)).isFalse();
        lab.put("a", "2");
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_gapsInTheRevisionsDoNotHoldIt() {
        lab.putAll("a", "b");
        for (int i = 0; i < 5; i++) {
            lab.put("b", "again " + i);
            lab.put("c", "1");
            lab.delete("c");
        }
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        var all = reconciler.waitUntilReconciled(lab.items.revision(lab.db.readTxn()));
        var gap = reconciler.waitUntilReconciled(3);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
        assertThat(Lab.result(gap).attempted()).isGreaterThanOrEqualTo(3);
        assertThat(Lab.result(all)).isEqualTo(new ReconciledUpTo(lab.items.revision(lab.db.readTxn()), 0));
    }

    @Test
    void promise_B6_permanentFailuresEndItWithTheList() {
        lab.putAll("a", "b");
        lab.target.always("a", Fault.permanent("not allowed"));
        lab.target.next("b", Fault.slow(lab.clock, Duration.ofSeconds(3)));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.advance(Duration.ofSeconds(3));
        WaitResult result = Lab.result(wait);
        assertThat(result.reconciled()).isFalse();
        assertThat(result.failed()).containsExactly(new WaitResult.Failure("a", "not allowed"));
        assertThat(result.stopped()).isEmpty();
    }

    /** Found by the simulator: the wait ended as if the row were done, since by then its failure was not for good any more. */
    @Test
    void promise_B6_aPermanentFailureThatIsRevivedMeanwhileIsWaitedFor() {
        lab.put("a", "1");
        lab.target.next("a", Fault.permanent("no such thing"), Fault.error("busy"));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.target.next("b", Fault.slow(lab.clock, Duration.ofSeconds(2)));
        lab.put("b", "1");
        lab.clock.runUntilIdle();
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        reconciler.retry(Item.key("a"));
        lab.advance(Duration.ofSeconds(3));
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(Lab.isDone(wait)).isFalse();
        lab.advance(Duration.ofSeconds(10));
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_aRefreshThatBeganOrFailsDoesNotHoldIt() {
        lab.putAll("a", "b");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        lab.target.next("a", Fault.slow(lab.clock, Duration.ofSeconds(1)), Fault.none());
        lab.breakFor("a", "broken by now");
        lab.target.next("b", Fault.slow(lab.clock, Duration.ofSeconds(1)));
        lab.advance(Duration.ofMillis(60_500));
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_aStopEndsItNamed() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        reconciler.stop();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isFalse();
        assertThat(Lab.result(wait).stopped()).contains("items/lab").contains("stopped");

        var late = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(late).stopped()).contains("items/lab");
        assertThatThrownBy(() -> reconciler.retry(Item.key("a"))).hasMessageContaining("stopped");
    }

    @Test
    void promise_B6_removalOfTheTableEndsItNamed() {
        lab.put("a", "1");
        lab.breakFor("a", "no");
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.db.remove(lab.items);
        lab.advance(Duration.ofMinutes(1));
        assertThat(Lab.result(wait).stopped()).contains("removed");
        assertThat(reconciler.isStopped()).isTrue();
        assertThat(reconciler.health().ok()).isFalse();
        assertThat(reconciler.health().problems()).anyMatch(problem -> problem.contains("removed"));
    }

    @Test
    void promise_B6_untilReconciledTellsWhatWasAttemptedAndWhatStillFails() {
        lab.put("a", "1");
        long failing = lab.put("b", "1");
        lab.put("c", "1");
        long slow = lab.put("d", "1");
        lab.breakFor("b", "no");
        Gate gate = lab.clock.gate();
        lab.target.next("d", Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var before = reconciler.waitUntilReconciled(slow - 1);
        var after = reconciler.waitUntilReconciled(slow);
        lab.clock.runUntilIdle();
        assertThat(Lab.result(before)).isEqualTo(new ReconciledUpTo(slow - 1, failing));
        assertThat(Lab.isDone(after)).isFalse();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(after)).isEqualTo(new ReconciledUpTo(slow, failing));
    }

    @Test
    void promise_B6_aWaitIsToldWhenWhatItWaitsForIsSuperseded() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next(
                "a",
                (context, operation) -> {
                    lab.put("a", "2");
                    throw new IllegalStateException("no");
                },
                Fault.waiting(gate));
        RunningReconciler<Item> reconciler = lab.start(OPTIONS);
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
        gate.open();
    }
}
