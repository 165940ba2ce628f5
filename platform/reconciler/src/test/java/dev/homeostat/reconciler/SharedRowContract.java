package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Several reconcilers on the same rows: nobody's status takes away another's work or result. */
abstract class SharedRowContract<T> extends StatusFixture<T> {
    SharedRowContract(StatusSide<T> side) {
        super(side);
    }

    /** The reference loses the retry here: its result is committed for the revision that the row had before the other's status was written. */
    @Test
    void promise_B11_aRetryThatRunsWhileTheOtherWritesItsStatusCounts() {
        Gate retry = clock.gate();
        target.next("a", Fault.error("no route"), Fault.waiting(retry));
        other.next("a", Fault.slow(clock, Duration.ofMillis(1500)));
        RunningReconciler<T> one = start("main", target);
        RunningReconciler<T> two = start("other", other);
        write("a", "1");
        clock.advance(Duration.ofMillis(1200));
        assertThat(target.count("update a")).as("the retry runs").isEqualTo(2);
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.ERROR);

        clock.advance(Duration.ofMillis(600));
        assertThat(status(two, "a").kind()).as("the other wrote").isEqualTo(StatusKind.DONE);
        assertThat(status(one, "a").error()).as("and harmed nothing").isEqualTo("no route");

        retry.open();
        clock.runUntilIdle();
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
        clock.advance(A_WHILE);
        assertThat(target.count("update a")).isEqualTo(2);
        assertThat(other.count("update a")).isEqualTo(1);
    }

    @Test
    void promise_B11_aRetryThatFailsAgainWhileTheOtherWritesItsStatusIsRetriedAgain() {
        Gate retry = clock.gate();
        target.next("a", Fault.error("no route"), (context, operation) -> {
            retry.await();
            return Outcome.retry("still no route");
        });
        other.next("a", Fault.slow(clock, Duration.ofMillis(1500)));
        RunningReconciler<T> one = start("main", target);
        RunningReconciler<T> two = start("other", other);
        write("a", "1");
        clock.advance(Duration.ofMillis(1800));
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
        retry.open();
        clock.runUntilIdle();
        assertThat(status(one, "a")).satisfies(status -> {
            assertThat(status.error()).isEqualTo("still no route");
            assertThat(status.attempts()).isEqualTo(2);
        });
        assertThat(one.health().failing()).isEqualTo(1);
        clock.advance(Duration.ofSeconds(2));
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isEqualTo(3);
    }

    @Test
    void promise_B11_bothWaitForTheirRetriesAndNeitherIsLost() {
        target.next("a", Fault.error("no route"), Fault.error("no route"), Fault.error("no route"));
        other.next("a", Fault.error("busy"), Fault.error("busy"));
        RunningReconciler<T> one = start("main", target);
        RunningReconciler<T> two = start("other", other);
        write("a", "1");
        clock.advance(A_WHILE);
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isEqualTo(4);
        assertThat(other.count("update a")).isEqualTo(3);
    }

    @Test
    void promise_B11_aRefreshThatRunsWhileTheOtherWritesItsStatusCounts() {
        Options refreshing = OPTIONS.refreshing(Duration.ofMinutes(1), 10);
        RunningReconciler<T> one = start("main", target, refreshing);
        write("a", "1");
        clock.runUntilIdle();
        Gate refresh = clock.gate();
        target.next("a", Fault.waiting(refresh));
        clock.advance(Duration.ofSeconds(61));
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.REFRESHING);

        RunningReconciler<T> two = start("other", other);
        clock.runUntilIdle();
        assertThat(status(two, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.REFRESHING);
        refresh.open();
        clock.runUntilIdle();
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B11_aRefreshThatFailsWhileTheOtherWritesItsStatusIsRetried() {
        RunningReconciler<T> one = start("main", target, OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        write("a", "1");
        clock.runUntilIdle();
        Gate refresh = clock.gate();
        target.next("a", (context, operation) -> {
            refresh.await();
            return Outcome.retry("gone");
        });
        clock.advance(Duration.ofSeconds(61));
        start("other", other);
        clock.runUntilIdle();
        refresh.open();
        clock.runUntilIdle();
        assertThat(status(one, "a").error()).isEqualTo("gone");
        clock.advance(Duration.ofSeconds(2));
        assertThat(status(one, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(target.last("update a").cause()).isEqualTo(Cause.RETRY);
    }

    @Test
    void promise_B15_statusesOfOthersAreNoWork() {
        RunningReconciler<T> one = start("main", target);
        start("other", other, OPTIONS.refreshing(Duration.ofSeconds(1), 1000));
        for (int i = 0; i < 20; i++) {
            write("i" + i, "1");
        }
        clock.advance(Duration.ofMinutes(1));
        assertThat(one.stats().updates()).isEqualTo(20);
        assertThat(one.stats().queued()).isZero();
        assertThat(other.calls()).hasSizeGreaterThan(20 * 50);
    }

    @Test
    void promise_B6_aWaitCoversRowsThatTheOthersStatusLiftedToLaterRevisions() {
        Gate first = clock.gate();
        target.next("a", Fault.waiting(first));
        RunningReconciler<T> one = start("main", target);
        write("a", "1");
        clock.runUntilIdle();
        write("b", "1");
        write("c", "1");
        start("other", other);
        clock.runUntilIdle();
        assertThat(other.count("update b")).as("b has the status of the other").isEqualTo(1);
        var wait = one.waitForReconciliation();
        var attempted = one.waitUntilReconciled(table.revision(db.readTxn()));
        List<String> doneAtTheEnd = new ArrayList<>();
        wait.thenRun(() -> doneAtTheEnd.addAll(target.log()));
        clock.runUntilIdle();
        assertThat(Lab.isDone(wait)).isFalse();
        assertThat(Lab.isDone(attempted)).isFalse();
        first.open();
        clock.runUntilIdle();
        assertThat(Lab.result(wait).reconciled()).isTrue();
        assertThat(Lab.isDone(attempted)).isTrue();
        assertThat(doneAtTheEnd).containsExactly("update a", "update b", "update c");
    }

    /** The row c is lifted behind rows that nobody waits for, before the one who waits has come to it. */
    @Test
    void promise_B6_aWaitCoversARowThatWasLiftedBehindNewerOnes() {
        Gate first = clock.gate();
        Gate later = clock.gate();
        target.next("a", Fault.waiting(first));
        target.next("x", Fault.waiting(later));
        other.next("x", Fault.waiting(later));
        RunningReconciler<T> one = start("main", target);
        db.write(table, txn -> {
            table.insert(txn, side.desired(null, "a", "1"));
            return table.insert(txn, side.desired(null, "b", "1"));
        });
        clock.runUntilIdle();
        write("c", "1");
        var wait = one.waitForReconciliation();
        clock.runUntilIdle();
        write("x", "1");
        write("y", "1");
        start("other", other);
        clock.advance(Duration.ofMillis(5));
        assertThat(other.log())
                .as("c has the status of the other")
                .containsExactly("update a", "update b", "update c", "update x");
        first.open();
        clock.advance(Duration.ofMillis(5));
        assertThat(Lab.isDone(wait))
                .as("done " + target.log())
                .isEqualTo(target.log().contains("update c"));
        later.open();
        clock.advance(Duration.ofMillis(5));
        assertThat(Lab.result(wait).reconciled()).isTrue();
        assertThat(target.log()).containsExactlyInAnyOrder("update a", "update b", "update c", "update x", "update y");
    }

    @Test
    void promise_B9_oldestFirstByOwnAgeWhateverTheOtherWrites() {
        RunningReconciler<T> one = start("main", target, OPTIONS.refreshing(Duration.ofMinutes(1), 10));
        write("a", "1");
        clock.advance(Duration.ofSeconds(5));
        write("b", "1");
        clock.advance(Duration.ofSeconds(5));
        write("c", "1");
        clock.advance(Duration.ofSeconds(20));
        other.next("c", Fault.none());
        other.next("b", Fault.slow(clock, Duration.ofSeconds(1)));
        other.next("a", Fault.slow(clock, Duration.ofSeconds(5)));
        start("other", other);
        target.forgetCalls();
        clock.advance(Duration.ofSeconds(31));
        assertThat(target.log()).containsExactly("update a");
        clock.advance(Duration.ofSeconds(10));
        assertThat(target.log()).containsExactly("update a", "update b", "update c");
        assertThat(one.stats().refreshes()).isEqualTo(3);
    }

    @Test
    void promise_B9_theOrderOfRefreshesOutlivesARestartAndAChangeOfOptions() {
        RunningReconciler<T> first = start("main", target);
        for (String name : List.of("c", "a", "b")) {
            write(name, "1");
            clock.advance(Duration.ofSeconds(5));
        }
        start("other", other);
        clock.runUntilIdle();
        target.forgetCalls();
        first.options(OPTIONS.refreshing(Duration.ofSeconds(30), 10));
        clock.advance(Duration.ofSeconds(16));
        assertThat(target.log()).containsExactly("update c");
        stop(first);
        start("main", target, OPTIONS.refreshing(Duration.ofSeconds(30), 10));
        clock.advance(Duration.ofSeconds(15));
        assertThat(target.log()).containsExactly("update c", "update a", "update b");
    }

    @Test
    void promise_B5_aJoinedViewOfAllReconcilersOfTheTable() {
        target.always("a", Fault.error("no route"));
        start("main", target);
        RunningReconciler<T> two = start("other", other);
        write("a", "1");
        clock.advance(Duration.ofMillis(3));
        StatusSet both = reconcilers.statuses(table, db.readTxn(), key("a"));
        assertThat(both).hasToString("Errored: main (no route), Done: other");
        assertThat(both.describe(clock.instant().plusSeconds(3)))
                .isEqualTo("Errored: main (no route), Done: other (3s ago)");
        assertThat(both.generation()).isEqualTo(generation(two, "a"));
        assertThat(both.get("nobody").kind()).isEqualTo(StatusKind.PENDING);
        assertThat(reconcilers.statuses(table, db.readTxn(), key("z"))).isEqualTo(StatusSet.pending());
        stop(two);
        assertThat(reconcilers.statuses(table, db.readTxn(), key("a")).names()).containsExactly("main");
    }

    @Test
    void promise_B11_ofThreeReconcilersNobodyRepeatsOrLosesAnything_withAnySchedule() {
        for (long seed = 1; seed <= 40; seed++) {
            new SharedRowStorm<>(side, seed).run();
        }
    }
}
