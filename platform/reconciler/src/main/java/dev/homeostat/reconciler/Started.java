package dev.homeostat.reconciler;

import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.StatusSlot;
import org.jspecify.annotations.Nullable;

/** A reconciler that was started, and perhaps has stopped. */
record Started<T>(
        Table<T> table,
        @Nullable StatusSlot<T> slot,
        StatusStore<T> store,
        Plan plan,
        RunningReconciler<T> reconciler,
        Stopping stopping,
        Peer peer) {
    /** Whether it writes, or will write, to that slot of that table. */
    boolean uses(@Nullable StatusSlot<?> other, Table<?> otherTable) {
        return other != null && other.equals(slot) && otherTable.equals(table) && !isOver();
    }

    /** Whether it writes no status any more. */
    boolean isOver() {
        return stopping.stopped().isDone();
    }
}
