package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;

/** What a status is, wherever it lives: the same on all sides of the seam. */
abstract class StatusContract<T> extends StatusFixture<T> {
    StatusContract(StatusSide<T> side) {
        super(side);
    }

    @Test
    void promise_B4_kindsGenerationsAndTimesFollowTheRow() {
        RunningReconciler<T> reconciler = start("main", target);
        target.next("a", Fault.error("no route"));
        write("a", "1");
        long first = generation(reconciler, "a");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);

        clock.runUntilIdle();
        assertThat(status(reconciler, "a")).satisfies(status -> {
            assertThat(status.kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status.error()).isEqualTo("no route");
            assertThat(status.attempts()).isEqualTo(1);
            assertThat(status.generation()).isEqualTo(first);
            assertThat(status.updatedAt()).isEqualTo(clock.instant());
            assertThat(status.nextAttempt()).isEqualTo(clock.instant().plusSeconds(1));
            assertThat(status.isPermanent()).isFalse();
        });

        clock.advance(A_WHILE);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a"))
                .as("a status never changes the generation")
                .isEqualTo(first);

        write("a", "2");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        assertThat(generation(reconciler, "a")).isGreaterThan(first);
    }

    @Test
    void promise_B4_whatIsPendingSinceNobodyKnowsSaysNoTime() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a", "gone");
        List.of("a", "new", "gone").forEach(name -> reconciler.pause(key(name)));
        clock.advance(Duration.ofSeconds(20));
        write("a", "2");
        write("new", "1");
        assertPendingWithoutTime(reconciler, "a", "new");
        delete("gone");
        clock.advance(Duration.ofSeconds(20));
        assertPendingWithoutTime(reconciler, "a", "new", "gone");
    }

    private void assertPendingWithoutTime(RunningReconciler<T> reconciler, String... names) {
        for (String name : names) {
            assertThat(status(reconciler, name))
                    .as(name)
                    .returns(StatusKind.PENDING, Status::kind)
                    .returns(Instant.EPOCH, Status::updatedAt);
        }
    }

    @Test
    void promise_B4_aDeleteHasAStatusUntilItIsDone() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        assertThat(status(reconciler, "a")).satisfies(status -> {
            assertThat(status.kind()).isEqualTo(StatusKind.ERROR);
            assertThat(status.generation()).isEqualTo(table.revision(db.readTxn()));
        });
        assertThat(reconciler.undoneDeletes()).containsExactly(key("a"));

        clock.advance(A_WHILE);
        assertThat(reconciler.status(db.readTxn(), key("a"))).isNull();
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B4_recreationEndsTheStatusOfADelete() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        write("a", "2");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B4_aStatusOfASnapshotIsOfThatSnapshot() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        ReadTxn before = db.readTxn();
        write("a", "2");
        clock.runUntilIdle();
        write("a", "3");
        Status then = reconciler.status(before, key("a"));
        assertThat(then)
                .isNotNull()
                .satisfies(status -> assertThat(status.kind()).isEqualTo(StatusKind.DONE));
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
    }

    @Test
    void promise_B3_whatWasDoneIsNotDoneAgainAfterARestart() {
        RunningReconciler<T> first = startAndRun("main", target, "a", "b");
        stop(first);
        write("b", "2");
        target.forgetCalls();
        start("main", target);
        clock.runUntilIdle();
        assertThat(target.log()).containsExactly("update b");
    }

    @Test
    void promise_B3_errorsAreDueAtOnceAfterARestartAndTheirAttemptsAreKept() {
        RunningReconciler<T> first = start("main", target);
        target.always("a", Fault.error("no route"));
        target.always("b", Fault.permanent("never"));
        write("a", "1");
        write("b", "1");
        clock.advance(Duration.ofSeconds(2));
        int attempts = status(first, "a").attempts();
        stop(first);
        target.forgetCalls();

        RunningReconciler<T> second = start("main", target);
        clock.runUntilIdle();
        assertThat(target.log()).containsExactlyInAnyOrder("update a", "update b");
        assertThat(target.last("update a").attempt()).isEqualTo(attempts + 1);
        assertThat(target.last("update b").attempt()).isEqualTo(2);
        assertThat(target.last("update a").cause()).isEqualTo(Cause.RETRY);
        assertThat(status(second, "a").attempts()).isEqualTo(attempts + 1);
    }

    @Test
    void promise_B3_anUndoneDeleteGoesOnAfterARestart() {
        RunningReconciler<T> first = startAndRun("main", target, "a");
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        stop(first);
        assertThat(target.objects()).containsOnlyKeys("a");

        RunningReconciler<T> second = start("main", target);
        clock.runUntilIdle();
        assertThat(target.objects()).isEmpty();
        assertThat(second.undoneDeletes()).isEmpty();
    }

    @Test
    void promise_B3_aDeleteThatWasNotComeToBeforeTheStopIsDoneAfterTheRestart() {
        RunningReconciler<T> first = startAndRun("main", target, "a");
        var stopped = first.stop();
        delete("a");
        clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(target.objects()).containsOnlyKeys("a");
        start("main", target);
        clock.runUntilIdle();
        assertThat(target.objects()).isEmpty();
    }

    @Test
    void promise_B11_aRetryFollowsThoughAnotherReconcilerWritesItsStatus() {
        RunningReconciler<T> one = start("main", target);
        RunningReconciler<T> two = start("other", other);
        target.next("a", Fault.error("no route"), Fault.error("still no route"));
        other.always("a", Fault.slow(clock, Duration.ofMillis(500)));
        write("a", "1");

        clock.advance(Duration.ofMillis(600));
        assertThat(status(one, "a").error()).isEqualTo("no route");
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);

        clock.advance(Duration.ofMillis(600));
        assertThat(status(one, "a").error()).as("failed again").isEqualTo("still no route");
        clock.advance(A_WHILE);
        assertThat(status(one, "a").kind()).as("no retry is lost").isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isEqualTo(3);
        assertThat(other.count("update a")).isEqualTo(1);
    }

    @Test
    void promise_B11_aRefreshFollowsThoughAnotherReconcilerWritesItsStatus() {
        Options refreshing = OPTIONS.refreshing(Duration.ofMinutes(1), 10);
        RunningReconciler<T> one = start("main", target, refreshing);
        RunningReconciler<T> two = start("other", other, refreshing);
        write("a", "1");
        target.next("a", Fault.none(), Fault.slow(clock, Duration.ofSeconds(1)));
        clock.advance(Duration.ofSeconds(62));
        assertThat(target.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(other.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B13_aLateSuccessNeverOverwritesTheNewPending() {
        Gate gate = clock.gate();
        target.next("a", Fault.waiting(gate), Fault.error("new one fails"));
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        long wanted = generation(reconciler, "a");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        gate.open();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a")).satisfies(status -> {
            assertThat(status.generation()).isEqualTo(wanted);
            assertThat(status.error()).isEqualTo("new one fails");
        });
        clock.advance(A_WHILE);
        assertThat(target.objects().values()).extracting(side::text).containsExactly("2");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B13_aLateFailureIsNotAttributedToTheNewRow() {
        Gate gate = clock.gate();
        target.next("a", (context, operation) -> {
            gate.await();
            return Outcome.permanent("old one is bad");
        });
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B16_aRowWhoseStatusWasNeverSetIsPendingAndIsWorkedOn() {
        write("a", "1");
        RunningReconciler<T> reconciler = start("main", target);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a")).isPositive();
    }

    @Test
    void promise_B9_aRowIsRefreshingWhileItIsCheckedAgain() {
        Gate gate = clock.gate();
        RunningReconciler<T> reconciler = start("main", target, OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        write("a", "1");
        clock.runUntilIdle();
        long generation = generation(reconciler, "a");
        target.next("a", Fault.waiting(gate));
        clock.advance(Duration.ofSeconds(61));
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.REFRESHING);
        gate.open();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a")).isEqualTo(generation);
    }

    @Test
    void promise_B1_factsOfEveryAttemptReachTheNextOnesAndTheDelete() {
        target.next("a", learning("try", "1", Outcome.retry("failed")), learning("id", "17", Outcome.done()));
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        clock.advance(A_WHILE);
        assertThat(target.last("update a").facts()).containsEntry("try", "1");
        stop(reconciler);
        start("main", target);
        delete("a");
        clock.runUntilIdle();
        assertThat(target.last("delete a").facts()).containsEntry("try", "1").containsEntry("id", "17");

        write("a", "2");
        clock.runUntilIdle();
        assertThat(target.last("update a").facts())
                .as("they end with the delete's success")
                .isEmpty();
    }

    @Test
    void promise_B1_factsOfASupersededAttemptReachTheNextOne() {
        Gate gate = clock.gate();
        target.next("a", (context, operation) -> {
            context.learn("handle", "h1");
            gate.await();
            return Outcome.retry("too late");
        });
        start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(target.last("update a").facts()).containsEntry("handle", "h1");
        assertThat(target.last("update a").attempt())
                .as("of the new generation")
                .isEqualTo(1);
    }

    @Test
    void promise_B1_factsReachTheNextAttemptAlsoWhenTheChangeWasTakenInMeanwhile() {
        Gate gate = clock.gate();
        target.next("a", (context, operation) -> {
            context.learn("handle", "h1");
            gate.await();
            return Outcome.retry("too late");
        });
        start("main", target, OPTIONS.concurrency(2));
        write("a", "1");
        clock.runUntilIdle();
        write("a", "2");
        gate.open();
        clock.runUntilIdle();
        assertThat(target.last("update a").facts()).containsEntry("handle", "h1");
        assertThat(target.last("update a").attempt())
                .as("of the new generation")
                .isEqualTo(1);
    }

    @Test
    void promise_B6_aWaitEndsWhenTheStatusesAreThere() {
        RunningReconciler<T> reconciler = start("main", target);
        write("a", "1");
        var wait = reconciler.waitForReconciliation();
        wait.thenRun(() -> assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE));
        clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_keysAreFoundByTheKindOfTheirStatus() {
        Gate gate = clock.gate();
        target.always("bad", Fault.error("no route"));
        target.next("slow", Fault.waiting(gate));
        RunningReconciler<T> reconciler = start("main", target);
        for (String name : List.of("a", "bad", "gone", "slow", "later")) {
            write(name, "1");
        }
        clock.advance(Duration.ofMillis(2));
        assertThat(found(reconciler, StatusKind.PENDING)).containsExactlyInAnyOrder("slow", "later");
        assertThat(found(reconciler, StatusKind.DONE)).containsExactlyInAnyOrder("a", "gone");
        assertThat(found(reconciler, StatusKind.ERROR)).containsExactly("bad");
        assertThat(found(reconciler, StatusKind.REFRESHING)).isEmpty();

        gate.open();
        clock.runUntilIdle();
        target.always("gone", Fault.error("busy"));
        delete("gone");
        clock.runUntilIdle();
        assertThat(found(reconciler, StatusKind.PENDING)).isEmpty();
        assertThat(found(reconciler, StatusKind.DONE)).containsExactlyInAnyOrder("a", "slow", "later");
        assertThat(found(reconciler, StatusKind.ERROR)).as("deletes too").containsExactlyInAnyOrder("bad", "gone");

        write("bad", "2");
        write("a", "2");
        assertThat(found(reconciler, StatusKind.PENDING))
                .as("hits are checked against the row")
                .containsExactlyInAnyOrder("bad", "a");
        assertThat(found(reconciler, StatusKind.ERROR)).containsExactly("gone");
        assertThat(found(reconciler, StatusKind.DONE)).containsExactlyInAnyOrder("slow", "later");
        stop(reconciler);
        assertThat(found(reconciler, StatusKind.PENDING)).contains("bad", "a");
    }

    private List<String> found(RunningReconciler<T> reconciler, StatusKind kind) {
        return reconciler
                .withStatus(db.readTxn(), kind)
                .map(table.spec()::formatKey)
                .toList();
    }

    private static Fault learning(String fact, String value, Outcome outcome) {
        return new Fault() {
            @Override
            public Outcome strike(OperationContext context, Callable<Outcome> operation) {
                context.learn(fact, value);
                return outcome;
            }
        };
    }

    @Test
    void promise_B13_aDeleteThatIsComeToLateTakesNothingFromTheRowThatIsThereAgain() {
        Gate gate = clock.gate();
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        target.next("x", Fault.waiting(gate));
        write("x", "1");
        for (int i = 0; i < 20; i++) {
            write("r" + i, "1");
        }
        delete("a"); // is in the snapshot that x was taken from, behind all the others
        clock.runUntilIdle();
        write("a", "2");
        reconciler.retry(key("a"));
        gate.open();
        clock.runUntilIdle();
        clock.advance(Duration.ofMillis(5));

        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(target.objects().get("a"))
                .satisfies(there -> assertThat(side.text(there)).isEqualTo("2"));
        assertThat(target.count("update a"))
                .as("once, and once again for its new text")
                .isEqualTo(2);
    }
}
