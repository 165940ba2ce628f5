package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** Somebody keeps the table locked into which statuses are to be written: everything else goes on, and the statuses follow when it is free. */
final class LockedTableTest extends StatusFixture<Station> {
    private static final Options OPTIONS = StatusFixture.OPTIONS
            .concurrency(2)
            .operationDeadline(Duration.ofSeconds(10))
            .stopDeadline(Duration.ofSeconds(8))
            .retrying(Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final LockableDatabase lockable = new LockableDatabase(db, clock);
    private final Gate never = clock.gate();

    LockedTableTest() {
        super(StatusSide.FIELD);
    }

    @Test
    void promise_B14_anOperationThatKeepsItsTableLocked_isCancelledAndNamedAtItsDeadlineWhileOtherRowsGoOn() {
        List<Boolean> cancelled = new ArrayList<>();
        target.next("a", (context, operation) -> {
            lockable.lock(table);
            never.awaitUninterruptibly();
            cancelled.add(context.isCancelled());
            return Outcome.done();
        });
        RunningReconciler<Station> reconciler = run("a", "b", "c", "d");
        clock.advance(Duration.ofMillis(9_999));
        assertThat(target.objects().keySet()).containsExactly("b", "c", "d");
        assertThat(reconciler.health().problems())
                .singleElement()
                .asString()
                .contains("statuses wait for 9")
                .contains("stations");
        assertThat(reconciler.stats().running()).isEqualTo(1);

        clock.advance(Duration.ofMillis(1));
        assertThat(reconciler.health().problems()).anyMatch(text -> text.contains("update of a passed its deadline"));
        assertThat(reconciler.stats().running()).isZero();
        assertThat(reconciler.health().failures().toString()).contains("deadline");

        never.open();
        lockable.unlock();
        clock.advance(Duration.ofSeconds(1));
        assertThat(cancelled).containsExactly(true);
        assertThat(List.of("a", "b", "c", "d"))
                .allSatisfy(name -> assertThat(kind(reconciler, name)).isEqualTo(StatusKind.DONE));
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B14_stopInterruptsTheOperationThatKeepsTheTableLocked_andCommitsWhatWasDone() {
        target.next("a", (context, operation) -> {
            lockable.lock(table);
            try {
                never.await();
                return Outcome.done();
            } finally {
                lockable.unlock();
            }
        });
        RunningReconciler<Station> reconciler = run("a", "b");
        var stopped = reconciler.stop();
        clock.advance(Duration.ofSeconds(4));
        assertThat(Lab.isDone(stopped)).isTrue();
        assertThat(kind(reconciler, "b")).isEqualTo(StatusKind.DONE);
        assertThat(clock.waiting()).as("threads left behind").isZero();
    }

    @Test
    void promise_B14_stopEndsAtItsDeadlineThoughTheTableStaysLocked_andNothingIsWrittenAfterIt() {
        target.next("a", (context, operation) -> {
            lockable.lock(table);
            never.awaitUninterruptibly();
            return Outcome.done();
        });
        RunningReconciler<Station> reconciler = run("a", "b");
        var stopped = reconciler.stop();
        clock.advance(Duration.ofMillis(7_999));
        assertThat(Lab.isDone(stopped)).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(Lab.isDone(stopped)).isTrue();

        lockable.unlock();
        never.open();
        clock.advance(Duration.ofSeconds(1));
        assertThat(kind(reconciler, "b"))
                .as("somebody else may be at work by now")
                .isEqualTo(StatusKind.PENDING);
        assertThat(clock.waiting()).as("threads left behind").isZero();
        assertThat(lockable.waiting()).isZero();
        RunningReconciler<Station> next = run();
        assertThat(kind(next, "a")).isEqualTo(StatusKind.DONE);
        assertThat(kind(next, "b")).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B11_aLaterResultOfAKeyFollowsTheOneInTheCommitThatWaits() {
        target.next("b", Fault.error("no"));
        RunningReconciler<Station> reconciler = run();
        lockable.lock(table);
        write("b", "1");
        clock.advance(Duration.ofSeconds(5));
        assertThat(target.count("update b")).isEqualTo(2);
        assertThat(kind(reconciler, "b")).isEqualTo(StatusKind.PENDING);
        assertThat(lockable.waiting()).isEqualTo(1);
        List<StatusKind> written = writtenFor("b");
        lockable.unlock();
        clock.advance(Duration.ofHours(1));
        assertThat(written).containsExactly(StatusKind.ERROR, StatusKind.DONE);
        assertThat(target.count("update b")).as("nothing is done twice").isEqualTo(2);
    }

    @Test
    void promise_B6_aWaitIsToldWhenTheStatusesAreCommitted() {
        RunningReconciler<Station> reconciler = run();
        lockable.lock(table);
        write("b", "1");
        List<StatusKind> seen = new ArrayList<>();
        var wait = reconciler.waitForReconciliation();
        var attempts = reconciler.waitUntilReconciled(Long.MAX_VALUE);
        var _ = wait.whenComplete((_, _) -> seen.add(kind(reconciler, "b")));
        var _ = attempts.whenComplete((_, _) -> seen.add(kind(reconciler, "b")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(target.log()).containsExactly("update b");
        assertThat(seen).isEmpty();
        lockable.unlock();
        clock.runUntilIdle();
        assertThat(seen).containsExactly(StatusKind.DONE, StatusKind.DONE);
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_aWaitThatBeganWhileACommitIsUnderWay_isToldAfterTheCommitOfWhatItWaitsFor() {
        RunningReconciler<Station> reconciler = run();
        lockable.lock(table);
        write("b", "1");
        clock.runUntilIdle();
        write("c", "1");
        var wait = reconciler.waitForReconciliation();
        List<StatusKind> seen = new ArrayList<>();
        var _ = wait.whenComplete((_, _) -> seen.add(kind(reconciler, "c")));
        clock.advance(Duration.ofMinutes(1));
        assertThat(target.log()).containsExactly("update b", "update c");
        lockable.unlock();
        clock.runUntilIdle();
        assertThat(seen).containsExactly(StatusKind.DONE);
    }

    @Test
    void promise_B6_aWaitEndsAtOnceWhenPausedOrStoppedThoughTheTableIsLocked() {
        RunningReconciler<Station> reconciler = run();
        lockable.lock(table);
        target.always("b", Fault.error("no"));
        write("b", "1");
        var paused = reconciler.waitForReconciliation();
        clock.runUntilIdle();
        reconciler.options(OPTIONS.mode(Mode.PAUSED));
        clock.runUntilIdle();
        assertThat(Lab.result(paused).stopped()).contains("paused");
        reconciler.options(OPTIONS);
        var stopping = reconciler.waitForReconciliation();
        reconciler.stop();
        clock.runUntilIdle();
        assertThat(Lab.result(stopping).stopped()).contains("stopped");
    }

    @Test
    void promise_B6_aWaitForWhatWasDoneButCouldNotBeWrittenEndsWithTheStop() {
        RunningReconciler<Station> reconciler = run();
        lockable.lock(table);
        write("b", "1");
        var wait = reconciler.waitForReconciliation();
        clock.runUntilIdle();
        reconciler.stop();
        clock.advance(Duration.ofSeconds(8));
        assertThat(Lab.result(wait).stopped()).contains("stopped");
    }

    @Test
    void removalOfTheTableWhileACommitWaitsForIt_endsTheReconciler() {
        RunningReconciler<Station> reconciler = run();
        lockable.lock(table);
        write("b", "1");
        clock.runUntilIdle();
        db.remove(table);
        lockable.unlock();
        clock.runUntilIdle();
        assertThat(reconciler.isStopped()).isTrue();
        assertThat(Lab.isDone(reconciler.stop())).isTrue();
        assertThat(reconciler.health().problems()).singleElement().asString().contains("removed");
    }

    @Test
    void promise_B14_behindACommitThatWritesOnlySoMuchGathers_behindOneThatWaitsOperationsGoOn() {
        RunningReconciler<Station> reconciler = run();
        reconciler.options(OPTIONS.rounds(1_000, 1e9));
        clock.runUntilIdle();
        lockable.lock(table);
        int rows = 20_000;
        db.write(table, txn -> {
            for (int i = 0; i < rows; i++) {
                table.insert(txn, Station.desired("n" + i, "1"));
            }
            return null;
        });
        clock.runUntilIdle();
        assertThat(target.objects().size()).isBetween(1_000, 12_000);
        clock.advance(Duration.ofMillis(30));
        assertThat(target.objects()).hasSize(rows);
        lockable.unlock();
        clock.runUntilIdle();
        assertThat(reconciler.withStatus(db.readTxn(), StatusKind.DONE)).hasSize(rows);
    }

    /** Beside the row: the end of a commit and the news of it are two things, and something may come between them. */
    @Nested
    final class BetweenACommitAndItsNews {
        private final Lab lab = new Lab();
        private final Gate gate = lab.clock.gate();

        @Test
        void promise_B20_aRefreshOnDemandThatComesThen_findsTheRow() {
            RunningReconciler<Item> reconciler = lab.run(Lab.OPTIONS);
            atNextStatus(reconciler, reconciler::refresh);
            lab.put("a", "1");
            lab.clock.runUntilIdle();
            gate.open();
            lab.advance(Duration.ofSeconds(1));
            assertThat(lab.target.count("update a")).isEqualTo(2);
            assertThat(lab.kind(reconciler, "a")).isEqualTo(StatusKind.DONE);
        }

        /** Runs that on the thread that commits, and lets it wait there. */
        private void atNextStatus(RunningReconciler<Item> reconciler, Runnable action) {
            Watch watch =
                    reconciler.statusTable().orElseThrow().all(lab.db.readTxn()).watch();
            watch.onClose(() -> {
                action.run();
                gate.awaitUninterruptibly();
            });
        }
    }

    /** The statuses that the row is given from now on. */
    private List<StatusKind> writtenFor(String name) {
        List<StatusKind> written = new ArrayList<>();
        watch(name, written);
        return written;
    }

    private void watch(String name, List<StatusKind> written) {
        table.watch(db.readTxn(), table.spec().lookup(key(name))).onClose(() -> {
            Status status = row(name).value().main();
            written.add(status == null ? StatusKind.PENDING : status.kind());
            watch(name, written);
        });
    }

    private StatusKind kind(RunningReconciler<Station> reconciler, String name) {
        return status(reconciler, name).kind();
    }

    private RunningReconciler<Station> run(String... rows) {
        for (String row : rows) {
            write(row, "1");
        }
        Reconcilers starter = Reconcilers.builder(lockable, clock).build();
        RunningReconciler<Station> reconciler = side.start(starter, "main", table, target, OPTIONS);
        clock.runUntilIdle();
        return reconciler;
    }
}
