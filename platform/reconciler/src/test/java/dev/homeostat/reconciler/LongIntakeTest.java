package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusesInRow;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** A reconciler that finds a table full of rows that are done, or of deletes, takes them in in parts, and is there for others in between. */
final class LongIntakeTest {
    private static final int MANY = 10 * Arrivals.MOST_A_TURN;

    private final Lab lab = new Lab();
    private final StatusesInRow<Crate> statuses = StatusesInRow.field("status", this::look, Crate::withStatus);
    private final RWTable<Crate> crates =
            lab.db.create(TableSpec.of("crates", Crate.class, Index.unique("name", Keys.STRING, Crate::name))
                    .statuses(statuses));
    private final FakeTarget<Crate> target = new FakeTarget<>(Crate::name, Item::key);
    private int looks;
    private int runAtLook;
    private Runnable atLook = () -> {};

    private record Crate(String name, Status status) {
        Crate withStatus(Status other) {
            return new Crate(name, other);
        }
    }

    private Status look(Crate crate) {
        if (++looks == runAtLook) {
            atLook.run();
        }
        return crate.status();
    }

    private RunningReconciler<Crate> start() {
        return lab.reconcilers.start("disk", crates, statuses.slot(), target, Lab.OPTIONS);
    }

    private void put(String name, Status status) {
        lab.db.write(crates, txn -> crates.insert(txn, new Crate(name, status)));
    }

    private void putDone(String prefix, int count) {
        Status done = Status.done(1, Instant.EPOCH.plusSeconds(1));
        lab.db.write(crates, txn -> {
            for (int i = 0; i < count; i++) {
                crates.insert(txn, new Crate(prefix + i, done));
            }
            return null;
        });
    }

    @Test
    void promise_B14_aStopIsHeardInTheMiddleOfALongIntake() {
        putDone("done", MANY);
        RunningReconciler<Crate> reconciler = start();
        looks = 0;
        runAtLook = MANY / 5;
        atLook = reconciler::stop;
        lab.clock.runUntilIdle();
        assertThat(looks).isBetween(MANY / 5, MANY / 5 + 2 * Arrivals.MOST_A_TURN);
        assertThat(Lab.isDone(reconciler.stop())).isTrue();
    }

    @Test
    void promise_B3_rowsStartInRevisionOrderWhereverAPartEnds() {
        for (String name : new String[] {"p1", "p2", "p3", "p4"}) {
            putDone("before-" + name, Arrivals.MOST_A_TURN + 700);
            put(name, Status.pending());
        }
        RunningReconciler<Crate> reconciler = start();
        var wait = reconciler.waitForReconciliation();
        lab.clock.runUntilIdle();
        assertThat(target.log()).containsExactly("update p1", "update p2", "update p3", "update p4");
        assertThat(Lab.result(wait).reconciled()).isTrue();
    }

    @Test
    void promise_B6_aWaitThatLooksAheadOfBusySlotsComesToTheEndOfALongIntake() {
        put("slow", Status.pending());
        putDone("done", MANY);
        target.next("slow", Fault.slow(lab.clock, Duration.ofSeconds(5)));
        RunningReconciler<Crate> reconciler = start();
        var wait = reconciler.waitUntilReconciled(Long.MAX_VALUE);
        lab.advance(Duration.ofSeconds(5));
        assertThat(Lab.result(wait).attempted()).isGreaterThanOrEqualTo(MANY);
    }

    @Test
    void promise_inv5_aStopRemembersManyDeletesThatWereNotComeTo() {
        int rows = 2 * Arrivals.MOST_A_TURN + 100;
        for (int i = 0; i < rows; i++) {
            lab.put("n" + i, "1");
        }
        var unlimited = Lab.OPTIONS.rounds(1000, 1e9);
        RunningReconciler<Item> reconciler = lab.run(unlimited);
        lab.advance(Duration.ofSeconds(1));
        assertThat(lab.target.objects()).hasSize(rows);
        lab.target.next("slow", Fault.slow(lab.clock, Duration.ofSeconds(1)));
        lab.put("slow", "1");
        lab.clock.runUntilIdle();
        lab.db.write(lab.items, txn -> {
            for (int i = 0; i < rows; i++) {
                lab.items.delete(txn, Item.NAME.query("n" + i));
            }
            return null;
        });
        var stopped = reconciler.stop();
        lab.advance(Duration.ofSeconds(2));
        assertThat(Lab.isDone(stopped)).isTrue();
        lab.run(unlimited);
        lab.advance(Duration.ofSeconds(1));
        lab.assertTarget("slow");
    }
}
