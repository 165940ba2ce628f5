package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import dev.homeostat.testkit.fakes.Gate;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * A row that somebody marks Refreshing while something runs on its key. A mark is no new generation, and results are matched by generation alone (B11): an
 * attempt that runs answers the mark. Whatever else runs does not.
 */
final class MarkedWhileBusyTest {
    private static final Options OPTIONS = Lab.OPTIONS.retrying(Duration.ofMinutes(1), Duration.ofMinutes(1));
    private static final StatusSlot<Station> MAIN = Station.STATUSES.slot("main");
    private final Lab lab = new Lab();
    private final RWTable<Station> stations = lab.db.create(Station.TABLE);
    private final FakeTarget<Station> target = new FakeTarget<>(Station::name, Item::key) {
        @Override
        protected boolean isAsDesired(Station object, Station row) {
            return object.text().equals(row.text());
        }
    };
    private final Gate gate = lab.clock.gate();
    private final RunningReconciler<Station> reconciler =
            lab.reconcilers.start("main", stations, MAIN, target, OPTIONS);

    MarkedWhileBusyTest() {
        lab.db.write(stations, txn -> stations.insert(txn, Station.desired("a", "1")));
    }

    private Row<Station> row() {
        Row<Station> row = stations.get(lab.db.readTxn(), Station.NAME.query("a"));
        if (row == null) {
            throw new AssertionError("no row");
        }
        return row;
    }

    private void write(Status status) {
        lab.db.write(stations, txn -> stations.insert(txn, row().value().withMain(status)));
    }

    /** At another time than whatever the reconciler writes. */
    private void mark() {
        write(Status.refreshing(
                MAIN.generation(row().value(), row().revision()),
                lab.clock.instant().plusNanos(1)));
    }

    private StatusKind kind() {
        @Nullable Status status = row().value().main();
        return status == null ? StatusKind.PENDING : status.kind();
    }

    @Test
    void promise_B11_theAttemptThatRunsAnswersTheMark() {
        target.next("a", Fault.waiting(gate));
        lab.clock.runUntilIdle();
        mark();
        lab.clock.runUntilIdle();
        gate.open();
        lab.advance(Duration.ofHours(1));
        assertThat(target.log()).containsExactly("update a");
        assertThat(kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B11_anAttemptThatFailsIsTriedAgainInSpiteOfTheMark() {
        target.next("a", (context, operation) -> {
            gate.await();
            throw new IllegalStateException("no route");
        });
        lab.clock.runUntilIdle();
        mark();
        lab.clock.runUntilIdle();
        gate.open();
        lab.clock.runUntilIdle();
        assertThat(kind()).isEqualTo(StatusKind.ERROR);
        assertThat(reconciler.health().failing()).isEqualTo(1);
        mark();
        lab.advance(Duration.ofMinutes(2));
        assertThat(target.log()).containsExactly("update a", "update a");
        assertThat(target.last("update a").cause()).isEqualTo(Cause.RETRY);
        assertThat(kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B13_whoMustHaveAnAttemptThatBeginsLaterWritesPending() {
        target.next("a", Fault.waiting(gate));
        lab.clock.runUntilIdle();
        write(Status.pending());
        lab.clock.runUntilIdle();
        gate.open();
        lab.advance(Duration.ofHours(1));
        assertThat(target.log()).containsExactly("update a", "update a");
        assertThat(kind()).isEqualTo(StatusKind.DONE);
    }

    @Test
    void promise_B3_aLookAtTheTargetIsNoAnswerToTheMark() {
        lab.clock.runUntilIdle();
        target.next("a", Fault.waiting(gate));
        reconciler.observe();
        lab.advance(Duration.ofSeconds(1));
        mark();
        lab.clock.runUntilIdle();
        assertThat(Lab.isDone(reconciler.waitForReconciliation())).isFalse();
        gate.open();
        lab.advance(Duration.ofHours(1));
        assertThat(target.log()).containsExactly("update a", "observe a", "update a");
        assertThat(target.last("update a").cause()).isEqualTo(Cause.REFRESH);
        assertThat(kind()).isEqualTo(StatusKind.DONE);
    }
}
