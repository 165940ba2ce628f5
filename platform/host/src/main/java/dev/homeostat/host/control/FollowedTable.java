package dev.homeostat.host.control;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.WatchSet;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.reconciler.RunningReconciler;
import java.io.IOException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The changes of one table, and those of the statuses that reconcilers keep beside it. Between two looks it holds places in these tables and watches, and neither a
 * snapshot nor a row. Used by one thread.
 *
 * <p>A row that changed several times between two looks is seen once, in its newest state, together with what reconcilers say of it then.
 */
final class FollowedTable<T> implements AutoCloseable {
    private static final String ROWS = "rows";

    private final Table<T> table;
    private final Database database;
    private final ChangeIterator<T> rows;
    private final Map<Table<?>, ChangeIterator<?>> statuses = new LinkedHashMap<>();
    private final WatchSet<Object> watches = new WatchSet<>();

    /** Follows it from its beginning. */
    FollowedTable(Table<T> table, Database database) {
        this.table = table;
        this.database = database;
        this.rows = table.changes();
    }

    /** What is told of each change. */
    interface Listener {
        /** Says that a snapshot is held; throws when it is to be let go. */
        void held() throws ControlException;

        /** Whether the look is to end before it has seen all; the next one goes on from there. */
        boolean isEnough();

        /**
         * A change of a row, or of what a reconciler says of one.
         *
         * @param revision the table's revision of that change of the row; of a delete, that of the delete
         */
        void change(Kind kind, long revision, JoinedRow row) throws ControlException, IOException;
    }

    /** What changed. */
    enum Kind {
        UPDATE,
        DELETE,
        STATUS
    }

    /**
     * Takes in what is new.
     *
     * @param from rows up to that revision are known
     * @return whether all was taken in
     * @throws TableRemovedException if the table is gone
     */
    boolean look(long from, List<? extends Reconciler<?>> reconcilers, Listener listener)
            throws ControlException, IOException {
        long before = rows.revision();
        ReadTxn txn = database.readTxn();
        TableReader<T> reader = new TableReader<>(table, reconcilers);
        if (!lookAtRows(txn, reader, from, listener)) {
            return false;
        }
        follow(txn, reconcilers);
        for (Table<?> one : List.copyOf(statuses.keySet())) {
            if (!lookAtStatuses(txn, reader, one, before, listener)) {
                return false;
            }
        }
        return true;
    }

    /** The revision up to which all rows were taken in. */
    long revision() {
        return rows.revision();
    }

    /** Waits until there is something new; says whether there is. */
    boolean await(Duration timeout) throws InterruptedException {
        return !watches.awaitSettled(timeout, Duration.ZERO).isEmpty();
    }

    private boolean lookAtRows(ReadTxn txn, TableReader<T> reader, long from, Listener listener)
            throws ControlException, IOException {
        Changes<T> changes = rows.next(txn);
        watches.add(ROWS, changes.watch());
        for (Change<T> change : changes) {
            listener.held();
            if (change.revision() > from) {
                Kind kind = change instanceof Change.Delete ? Kind.DELETE : Kind.UPDATE;
                listener.change(kind, change.revision(), reader.joined(txn, change.row()));
            }
            if (listener.isEnough()) {
                return false;
            }
        }
        return true;
    }

    /** Follows the statuses of these reconcilers, new ones from now on. */
    private void follow(ReadTxn txn, List<? extends Reconciler<?>> reconcilers) {
        Map<Table<?>, ChangeIterator<?>> present = new LinkedHashMap<>();
        for (Reconciler<?> reconciler : reconcilers) {
            if (reconciler instanceof RunningReconciler<?> running
                    && running.statusTable().isPresent()) {
                Table<?> beside = running.statusTable().get();
                ChangeIterator<?> known = statuses.remove(beside);
                try {
                    present.put(beside, known == null ? fromNowOn(txn, beside) : known);
                } catch (TableRemovedException e) {
                    // The reconciler came after the snapshot, or goes: the next look finds it, or does not.
                }
            }
        }
        statuses.values().forEach(ChangeIterator::close);
        statuses.clear();
        statuses.putAll(present);
    }

    private static <S> ChangeIterator<S> fromNowOn(ReadTxn txn, Table<S> statuses) {
        ChangeIterator<S> iterator = statuses.changes();
        try {
            iterator.next(txn).forEach(known -> {});
            return iterator;
        } catch (TableRemovedException e) {
            iterator.close();
            throw e;
        }
    }

    private boolean lookAtStatuses(ReadTxn txn, TableReader<T> reader, Table<?> beside, long before, Listener listener)
            throws ControlException, IOException {
        ChangeIterator<?> iterator = statuses.get(beside);
        try {
            return iterator == null || lookAtStatuses(txn, reader, iterator, beside, before, listener);
        } catch (TableRemovedException e) { // its reconciler stops
            iterator.close();
            statuses.remove(beside);
            return true;
        }
    }

    private <S> boolean lookAtStatuses(
            ReadTxn txn,
            TableReader<T> reader,
            ChangeIterator<S> iterator,
            Table<?> beside,
            long before,
            Listener listener)
            throws ControlException, IOException {
        Changes<S> changes = iterator.next(txn);
        watches.add(beside, changes.watch());
        for (Change<S> change : changes) {
            listener.held();
            Key key = change.row().key();
            Row<T> row = table.get(txn, table.spec().lookup(key));
            if (row == null || row.revision() <= before) { // else it was told just now, with this
                JoinedRow joined = row == null ? reader.one(txn, key) : reader.joined(txn, row);
                listener.change(
                        Kind.STATUS,
                        row == null ? 0 : row.revision(),
                        joined == null ? JoinedRow.deleted(table.spec().formatKey(key), Map.of()) : joined);
            }
            if (listener.isEnough()) {
                return false;
            }
        }
        return true;
    }

    @Override
    public void close() {
        watches.close();
        rows.close();
        statuses.values().forEach(ChangeIterator::close);
        statuses.clear();
    }
}
