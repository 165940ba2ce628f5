package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Operations that take long, hang, or do not end at all. */
final class SlowOperationsTest {
    private static final Options OPTIONS = Lab.OPTIONS
            .operationDeadline(Duration.ofSeconds(10))
            .stopDeadline(Duration.ofSeconds(5))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));
    private final Lab lab = new Lab();

    @Test
    void promise_B14_keysRunInParallelUpToTheConcurrency() {
        lab.putAll("a", "b", "c", "d");
        Gate gate = lab.clock.gate();
        for (String name : List.of("a", "b", "c", "d")) {
            lab.target.next(name, Fault.waiting(gate));
        }
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.concurrency(3));
        assertThat(lab.target.log()).containsExactly("update a", "update b", "update c");
        assertThat(reconciler.stats().running()).isEqualTo(3);
        gate.open();
        lab.clock.runUntilIdle();
        lab.assertTarget("a", "b", "c", "d");
    }

    @Test
    void promise_B14_oneOperationAKey() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.waiting(gate));
        lab.run(OPTIONS.concurrency(4));
        lab.put("a", "2");
        lab.delete("a");
        lab.put("a", "3");
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a");
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.log()).containsExactly("update a", "update a");
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "3"));
    }

    @Test
    void promise_B14_aSlowOperationHoldsBackNobodysStatus() {
        lab.putAll("a", "b");
        lab.target.next("a", Fault.slow(lab.clock, Duration.ofSeconds(9)));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS.concurrency(2));
        lab.advance(Duration.ofMillis(5));
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.PENDING);
    }

    @Test
    void promise_B14_aHungOperationIsAbandonedAtItsDeadlineAndItsKeyStaysClosed() {
        lab.putAll("a", "b");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.hanging(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        assertThat(lab.target.log()).containsExactly("update a");
        lab.advance(Duration.ofSeconds(10));
        assertThat(lab.target.log()).as("others wait at most that long").containsExactly("update a", "update b");
        assertThat(lab.kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(lab.known(reconciler, "a").error()).contains("deadline").contains("PT10S");
        assertThat(reconciler.health().problems()).anyMatch(problem -> problem.contains("a passed its deadline"));

        lab.put("a", "2");
        lab.advance(Duration.ofMinutes(5));
        assertThat(lab.target.count("update a")).as("its key is closed").isEqualTo(1);
        assertThat(lab.explain(reconciler, "a").waitsFor()).contains("still runs");

        gate.open();
        lab.clock.runUntilIdle();
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.target.objects()).containsEntry("a", new Item("a", "2"));
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B14_anOperationThatHeedsTheInterruptIsRetried() {
        lab.put("a", "1");
        lab.target.next("a", Fault.waiting(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(11));
        assertThat(lab.target.count("update a")).isEqualTo(2);
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B14_theInterruptOfOneOperationNeverReachesTheNext() {
        List<Boolean> interrupted = new ArrayList<>();
        lab.putAll("a", "b");
        lab.target.next("a", Fault.waiting(lab.clock.gate()));
        lab.target.always("b", (context, operation) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            return operation.call();
        });
        lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(11));
        assertThat(interrupted).containsOnly(false).isNotEmpty();
    }

    @Test
    void promise_B14_anInterruptThatAnOperationRestoresEndsWithIt() {
        List<Boolean> interrupted = new ArrayList<>();
        lab.putAll("a", "b");
        lab.target.always("a", (context, operation) -> {
            Thread.currentThread().interrupt();
            return operation.call();
        });
        lab.target.always("b", (context, operation) -> {
            interrupted.add(Thread.currentThread().isInterrupted());
            return operation.call();
        });
        lab.run(OPTIONS);
        assertThat(interrupted).containsExactly(false);
    }

    @Test
    void promise_B14_deletesOfAClosedKeyWaitToo() {
        lab.put("a", "1");
        Gate gate = lab.clock.gate();
        lab.target.next("a", Fault.hanging(gate));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.delete("a");
        lab.advance(Duration.ofMinutes(1));
        assertThat(lab.target.log()).containsExactly("update a");
        assertThat(reconciler.undoneDeletes()).hasSize(1);
        gate.open();
        lab.clock.runUntilIdle();
        lab.assertTarget();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B14_stopEndsAtItsDeadlineWhateverOperationsDo() {
        lab.putAll("a", "b");
        lab.target.next("a", Fault.hanging(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var stopped = reconciler.stop();
        lab.advance(Duration.ofMillis(4999));
        assertThat(Lab.isDone(stopped)).isFalse();
        lab.advance(Duration.ofMillis(1));
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(lab.target.log()).as("nothing starts any more").containsExactly("update a");
    }

    @Test
    void promise_B14_stopLetsOperationsEndAndCommitsThem() {
        lab.put("a", "1");
        lab.target.next("a", Fault.slow(lab.clock, Duration.ofSeconds(2)));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var stopped = reconciler.stop();
        lab.advance(Duration.ofSeconds(2));
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B14_stopInterruptsAfterHalfItsDeadlineAndLeavesTheRowPending() {
        lab.put("a", "1");
        lab.target.next("a", Fault.waiting(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        var stopped = reconciler.stop();
        lab.advance(Duration.ofMillis(2500));
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.PENDING);
        assertThat(reconciler.isStopped()).isTrue();
    }

    @Test
    void stop_whileAnAbandonedOperationHangs_doesNotWaitForIt() {
        lab.put("a", "1");
        lab.target.next("a", Fault.hanging(lab.clock.gate()));
        RunningReconciler<Item> reconciler = lab.run(OPTIONS);
        lab.advance(Duration.ofSeconds(10));
        var stopped = reconciler.stop();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
    }
}
