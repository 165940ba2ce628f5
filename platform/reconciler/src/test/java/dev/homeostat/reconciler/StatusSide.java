package dev.homeostat.reconciler;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.reconcile.StatusesInRow;
import org.jspecify.annotations.Nullable;

/**
 * One side of the seam behind which statuses live: the rows, the way in which a user writes one, and the way in which a reconciler is started on them.
 *
 * @param <T> the rows of that side
 */
interface StatusSide<T> {
    StatusSide<Item> BESIDE = new Beside();
    InRow<Station> FIELD = new InRow<>(Station.TABLE, Station.STATUSES, (_, name, text) -> Station.desired(name, text));
    InRow<Node> SET = new InRow<>(Node.TABLE, Node.STATUSES, Node::desired);

    /** The table; its primary keys are the names, as text. */
    TableSpec<T> spec();

    /** A row as a user writes it who desires this text, whatever the status machinery of that side asks of writers. */
    T desired(@Nullable T present, String name, String text);

    String name(T row);

    String text(T row);

    /** Starts a reconciler with its statuses on that side; its name is {@code main}, {@code other} or {@code third}. */
    RunningReconciler<T> start(
            Reconcilers starter, String name, RWTable<T> table, Operations<T> operations, Options options);

    /** In a table of their own. */
    final class Beside implements StatusSide<Item> {
        @Override
        public TableSpec<Item> spec() {
            return Item.TABLE;
        }

        @Override
        public Item desired(@Nullable Item present, String name, String text) {
            return new Item(name, text);
        }

        @Override
        public String name(Item row) {
            return row.name();
        }

        @Override
        public String text(Item row) {
            return row.text();
        }

        @Override
        public RunningReconciler<Item> start(
                Reconcilers starter, String name, RWTable<Item> table, Operations<Item> operations, Options options) {
            return starter.start(name, table, operations, options);
        }
    }

    /** In the rows, in whatever way these carry them. */
    record InRow<T extends Carrier<T>>(TableSpec<T> spec, StatusesInRow<T> statuses, Desired<T> desired)
            implements StatusSide<T> {
        /** Makes a row as a user writes it. */
        interface Desired<T> {
            T row(@Nullable T present, String name, String text);
        }

        StatusSlot<T> slot(String reconciler) {
            return statuses.slot(reconciler);
        }

        @Override
        public T desired(@Nullable T present, String name, String text) {
            return desired.row(present, name, text);
        }

        @Override
        public String name(T row) {
            return row.name();
        }

        @Override
        public String text(T row) {
            return row.text();
        }

        @Override
        public RunningReconciler<T> start(
                Reconcilers starter, String name, RWTable<T> table, Operations<T> operations, Options options) {
            return starter.start(name, table, slot(name), operations, options);
        }
    }
}
