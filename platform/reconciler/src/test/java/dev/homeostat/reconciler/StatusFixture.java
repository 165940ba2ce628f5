package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows have their statuses on one side of the seam, two targets, and a virtual clock.
 *
 * @param <T> the rows of that side
 */
abstract class StatusFixture<T> {
    static final Duration A_WHILE = Duration.ofMinutes(10);
    static final Options OPTIONS =
            Options.defaults().withoutPruning().retrying(Duration.ofSeconds(1), Duration.ofSeconds(8));

    final StatusSide<T> side;
    final VirtualScheduler clock = VirtualScheduler.inOrder();
    final Database db = StateDatabase.builder().scheduler(clock).build();
    final FakeTarget<T> target;
    final FakeTarget<T> other;
    final Reconcilers reconcilers = Reconcilers.builder(db, clock).build();
    final RWTable<T> table;

    StatusFixture(StatusSide<T> side) {
        this.side = side;
        this.target = new FakeTarget<>(side::name, Keys.STRING::encode);
        this.other = new FakeTarget<>(side::name, Keys.STRING::encode);
        this.table = db.create(side.spec());
    }

    final RunningReconciler<T> startAndRun(String name, FakeTarget<T> operations, String... rows) {
        for (String row : rows) {
            write(row, "1");
        }
        RunningReconciler<T> reconciler = start(name, operations);
        clock.runUntilIdle();
        return reconciler;
    }

    final RunningReconciler<T> start(String name, FakeTarget<T> operations) {
        return start(name, operations, OPTIONS);
    }

    final RunningReconciler<T> start(String name, FakeTarget<T> operations, Options options) {
        return side.start(reconcilers, name, table, operations, options);
    }

    final void stop(RunningReconciler<T> reconciler) {
        var stopped = reconciler.stop();
        clock.runUntilIdle();
        assertThat(Lab.isDone(stopped)).isTrue();
    }

    /** As a user who desires that text. */
    final void write(String name, String text) {
        db.write(table, txn -> {
            Row<T> present = table.get(txn, table.spec().lookup(key(name)));
            return table.insert(txn, side.desired(present == null ? null : present.value(), name, text));
        });
    }

    /** As somebody who changes the row that is there. */
    final void change(String name, UnaryOperator<T> change) {
        db.write(
                table,
                txn -> table.insert(
                        txn,
                        change.apply(known(table.get(txn, table.spec().lookup(key(name))))
                                .value())));
    }

    final void delete(String name) {
        db.write(table, txn -> table.delete(txn, table.spec().lookup(key(name))));
    }

    final Row<T> row(String name) {
        return known(table.get(db.readTxn(), table.spec().lookup(key(name))));
    }

    final Status status(RunningReconciler<T> reconciler, String name) {
        Status status = reconciler.status(db.readTxn(), key(name));
        assertThat(status).isNotNull();
        return status == null ? Status.pending() : status;
    }

    final long generation(RunningReconciler<T> reconciler, String name) {
        return status(reconciler, name).generation();
    }

    static Key key(String name) {
        return Keys.STRING.encode(name);
    }

    private static <R> Row<R> known(@Nullable Row<R> row) {
        if (row == null) {
            throw new AssertionError("no such row");
        }
        return row;
    }
}
