package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** Statuses in the row as users write them, and what reconcilers leave there. */
abstract class WrittenStatusContract<T extends Carrier<T>> extends StatusFixture<T> {
    private final StatusSide.InRow<T> inRow;

    WrittenStatusContract(StatusSide.InRow<T> side) {
        super(side);
        this.inRow = side;
    }

    @Test
    void promise_B16_aRowWhoseStatusIsNullIsPendingAndIsStamped() {
        RunningReconciler<T> reconciler = start("main", target);
        Gate gate = clock.gate();
        target.next("a", Fault.waiting(gate));
        db.write(table, txn -> table.insert(txn, side.desired(null, "a", "1").withoutStatuses()));
        long revision = row("a").revision();
        clock.runUntilIdle();
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.PENDING);
        assertThat(generation(reconciler, "a")).isEqualTo(revision);
        assertThat(target.last("update a").generation()).isEqualTo(revision);
        gate.open();
        clock.runUntilIdle();
        assertThat(inRow.slot("main").get(row("a").value())).isEqualTo(Status.done(revision, clock.instant()));
        Status others = inRow.slot("other").get(row("a").value());
        assertThat(others).as("stamped too").isEqualTo(Status.pending(revision, Instant.EPOCH));
        clock.advance(A_WHILE);
        assertThat(target.count("update a")).isEqualTo(1);
    }

    @Test
    void promise_B4_theStatusIsInTheRowItself() {
        start("main", target);
        target.next("a", Fault.error("no route"));
        write("a", "1");
        long revision = row("a").revision();
        assertThat(inRow.slot("main").get(row("a").value())).isEqualTo(Status.pending());
        clock.runUntilIdle();
        assertThat(inRow.slot("main").get(row("a").value()))
                .isEqualTo(Status.error(
                        revision,
                        clock.instant(),
                        "no route",
                        1,
                        clock.instant().plusSeconds(1)));
        assertThat(db.tables()).as("no status table as long as nobody needs it").hasSize(1);
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        assertThat(db.tables()).as("an undone delete has its place there").hasSize(2);
    }

    @Test
    void promise_B15_ownStatusesThatComeBackAreNoWork() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a", "b", "c");
        long revision = table.revision(db.readTxn());
        clock.advance(Duration.ofDays(1));
        assertThat(table.revision(db.readTxn())).isEqualTo(revision).isEqualTo(6);
        assertThat(reconciler.stats().updates()).isEqualTo(3);
        assertThat(reconciler.stats().queued()).isZero();
    }

    @Test
    void promise_B3_aRowThatAUserMarksRefreshingIsRefreshed() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a", "b");
        long generation = generation(reconciler, "a");
        mark("a", Status.refreshing(generation, clock.instant()));
        clock.runUntilIdle();
        assertThat(target.log()).containsExactly("update a", "update b", "update a");
        assertThat(target.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(generation(reconciler, "a")).isEqualTo(generation);
    }

    @Test
    void promise_B3_aRowThatAUserMarksFailedIsDueAtOnce() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        mark("a", Status.permanent(generation(reconciler, "a"), clock.instant(), "does not work", 3));
        clock.runUntilIdle();
        assertThat(target.count("update a")).isEqualTo(2);
        assertThat(target.last("update a").attempt()).isEqualTo(4);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B3_aRowThatAUserMarksDoneIsNotWorkedOn() {
        RunningReconciler<T> reconciler = start("main", target);
        target.always("a", Fault.error("no route"));
        write("a", "1");
        clock.runUntilIdle();
        mark("a", Status.done(0, clock.instant()));
        clock.advance(A_WHILE);
        assertThat(target.count("update a")).isEqualTo(1);
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(reconciler.health().ok()).isTrue();
    }

    @Test
    void promise_B13_aRowThatIsPutBackToAnEarlierStampIsWorkedOn() {
        RunningReconciler<T> reconciler = start("main", target);
        target.always("a", Fault.error("no route"));
        write("a", "1");
        clock.runUntilIdle();
        T early = row("a").value();
        write("a", "2");
        clock.runUntilIdle();
        target.heal();
        change("a", row -> early);
        clock.advance(A_WHILE);
        assertThat(target.objects().values()).extracting(side::text).containsExactly("1");
        assertThat(status(reconciler, "a").kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B16_aStampFromTheFutureIsNoStamp() {
        RunningReconciler<T> reconciler = start("main", target);
        db.write(
                table,
                txn -> table.insert(
                        txn,
                        inRow.slot("main")
                                .with(side.desired(null, "a", "1"), Status.pending(1_000_000, clock.instant()))));
        clock.runUntilIdle();
        assertThat(generation(reconciler, "a")).isEqualTo(1);
        write("a", "2");
        clock.runUntilIdle();
        assertThat(target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_A33_aDesiredRowThatDiffersByItsStatusesOnlyIsNotWritten() {
        startAndRun("main", target, "a");
        long revision = table.revision(db.readTxn());
        db.write(table, txn -> table.apply(txn, side.desired(null, "a", "1")));
        assertThat(table.revision(db.readTxn())).isEqualTo(revision);
        db.write(table, txn -> table.apply(txn, side.desired(null, "a", "2")));
        clock.runUntilIdle();
        assertThat(target.objects().values()).extracting(side::text).containsExactly("2");
        assertThat(target.count("update a")).isEqualTo(2);
    }

    @Test
    void promise_B12_aDeleteThatWaitsForItsRetryIsDroppedWhenTheRowIsThereAgain_withWhateverStatus() {
        RunningReconciler<T> reconciler = startAndRun("main", target, "a");
        T done = row("a").value();
        target.next("a", Fault.error("busy"));
        delete("a");
        clock.runUntilIdle();
        db.write(table, txn -> table.insert(txn, done));
        clock.advance(A_WHILE);
        assertThat(target.log()).containsExactly("update a", "delete a", "update a");
        assertThat(reconciler.undoneDeletes()).isEmpty();
        assertThat(target.objects()).containsOnlyKeys("a");
    }

    @Test
    void promise_B11_statusesInTheRowAreNoChangeForAReconcilerBesideIt() {
        Gate retry = clock.gate();
        other.next("a", Fault.error("busy"), Fault.waiting(retry));
        RunningReconciler<T> beside = reconcilers.start("beside", table, other, OPTIONS);
        start("main", target, OPTIONS.refreshing(Duration.ofSeconds(1), 100));
        write("a", "1");
        clock.advance(Duration.ofSeconds(30));
        assertThat(target.count("update a")).isGreaterThan(20);
        assertThat(other.count("update a")).as("the failed one and its retry").isEqualTo(2);
        assertThat(status(beside, "a").error()).isEqualTo("busy");
        retry.open();
        clock.advance(Duration.ofSeconds(30));
        assertThat(status(beside, "a").kind()).isEqualTo(StatusKind.DONE);
        assertThat(other.count("update a")).isEqualTo(2);
        write("a", "2");
        clock.advance(Duration.ofSeconds(1));
        assertThat(other.count("update a")).isEqualTo(3);
        assertThat(beside.withStatus(db.readTxn(), StatusKind.DONE)).containsExactly(key("a"));
    }

    private void mark(String name, Status status) {
        change(name, row -> inRow.slot("main").with(row, status));
    }
}
