package dev.homeostat.host.handover;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.Remembered;
import java.util.ArrayList;
import java.util.List;

/**
 * What a reconciler left whose table is still there: it holds the table, and follows it, so that no row that is deleted meanwhile is forgotten at the target. Safe for
 * all threads.
 */
final class LeftBehind<T> implements AutoCloseable {
    private final Table<T> table;
    private final ChangeIterator<T> since;
    private final Remembered<T> left;
    private final Scheduler clock;
    private final List<Change.Delete<T>> deletes = new ArrayList<>();

    /** @param since was opened before the reconciler stopped */
    LeftBehind(Table<T> table, ChangeIterator<T> since, Remembered<T> left, Scheduler clock) {
        this.table = table;
        this.since = since;
        this.left = left;
        this.clock = clock;
    }

    Table<T> table() {
        return table;
    }

    /** All of it, with what was deleted up to that snapshot. */
    synchronized Remembered<T> asOf(ReadTxn txn) {
        for (Change<T> change : since.next(txn)) {
            if (change instanceof Change.Delete<T> delete && delete.revision() > left.upTo()) {
                deletes.add(delete);
            }
        }
        return left.with(deletes, clock);
    }

    @Override
    public synchronized void close() {
        since.close();
    }
}
