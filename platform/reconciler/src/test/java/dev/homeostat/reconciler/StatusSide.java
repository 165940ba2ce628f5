package dev.homeostat.reconciler;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.api.reconcile.StatusSlot;
import org.jspecify.annotations.Nullable;

/**
 * One side of the seam behind which statuses live: the rows, the way in which a user writes one, and the way in which a reconciler is started on them.
 *
 * @param <T> the rows of that side
 */
interface StatusSide<T> {
    StatusSide<Item> BESIDE = new Beside();
    InRow<Station> FIELD = new Field();
    InRow<Node> SET = new Set();

    /** The table; its primary keys are the names, as text. */
    TableSpec<T> spec();

    /** A row as a user writes it who desires this text, whatever the status machinery of that side asks of writers. */
    T desired(@Nullable T present, String name, String text);

    String name(T row);

    String text(T row);

    /** Starts a reconciler with its statuses on that side; its name is {@code main}, {@code other} or {@code third}. */
    RunningReconciler<T> start(
            Reconcilers starter, String name, RWTable<T> table, Operations<T> operations, Options options);

    /** Rows that carry their statuses. */
    interface InRow<T> extends StatusSide<T> {
        StatusSlot<T> slot(String reconciler);

        /** The row with statuses that nobody ever set, as far as such rows can be. */
        T withoutStatuses(T row);

        /** The row with that fact, which only one row may have. */
        T withLearned(T row, String fact);

        T withName(T row, String name);

        @Override
        default RunningReconciler<T> start(
                Reconcilers starter, String name, RWTable<T> table, Operations<T> operations, Options options) {
            return starter.start(name, table, slot(name), operations, options);
        }
    }

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

    /** In a field for each reconciler. */
    final class Field implements InRow<Station> {
        @Override
        public TableSpec<Station> spec() {
            return Station.TABLE;
        }

        @Override
        public Station desired(@Nullable Station present, String name, String text) {
            return Station.desired(name, text);
        }

        @Override
        public String name(Station row) {
            return row.name();
        }

        @Override
        public String text(Station row) {
            return row.text();
        }

        @Override
        public StatusSlot<Station> slot(String reconciler) {
            return Station.STATUSES.slot(reconciler);
        }

        @Override
        public Station withoutStatuses(Station row) {
            return new Station(row.name(), row.text(), row.learned(), null, null, null);
        }

        @Override
        public Station withLearned(Station row, String fact) {
            return row.withLearned(fact);
        }

        @Override
        public Station withName(Station row, String name) {
            return row.withName(name);
        }
    }

    /** In a set for all of them. */
    final class Set implements InRow<Node> {
        @Override
        public TableSpec<Node> spec() {
            return Node.TABLE;
        }

        @Override
        public Node desired(@Nullable Node present, String name, String text) {
            StatusSet statuses =
                    present == null || present.statuses() == null ? StatusSet.pending() : present.statuses();
            return new Node(name, text, "", statuses.renewed());
        }

        @Override
        public String name(Node row) {
            return row.name();
        }

        @Override
        public String text(Node row) {
            return row.text();
        }

        @Override
        public StatusSlot<Node> slot(String reconciler) {
            return Node.STATUSES.slot(reconciler);
        }

        @Override
        public Node withoutStatuses(Node row) {
            return new Node(row.name(), row.text(), row.learned(), null);
        }

        @Override
        public Node withLearned(Node row, String fact) {
            return row.withLearned(fact);
        }

        @Override
        public Node withName(Node row, String name) {
            return row.withName(name);
        }
    }
}
