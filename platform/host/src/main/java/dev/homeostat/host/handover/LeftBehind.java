package dev.homeostat.host.handover;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.Remembered;

/**
 * What a reconciler left whose table is still there: it holds the table, and follows it, so that no row that is deleted meanwhile is forgotten at the target. Safe for
 * all threads.
 *
 * @param since follows the table from before the reconciler stopped
 */
record LeftBehind<T>(Table<T> table, Deletes<T> since, Remembered<T> left, Scheduler clock) implements AutoCloseable {
    LeftBehind(Table<T> table, ChangeIterator<T> since, Remembered<T> left, Scheduler clock) {
        this(table, new Deletes<>(since), left, clock);
    }

    /** All of it, with what was deleted up to that snapshot. */
    Remembered<T> asOf(ReadTxn txn) {
        return left.with(since.asOf(txn), clock);
    }

    @Override
    public void close() {
        since.close();
    }
}
