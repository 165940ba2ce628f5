package dev.homeostat.host.plugin;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.Remembered;
import java.util.function.Supplier;

/** Starts reconcilers. Safe for all threads. */
public interface ReconcilerEngine {
    /**
     * Starts one on the engine's own table.
     *
     * @param left what was left by the one in whose place it is started; asked when everything later is heard already
     * @param scheduler all that it does is done there
     */
    <T> Running<T> start(
            Scheduler scheduler,
            String name,
            Table<T> table,
            Operations<T> operations,
            Options options,
            Supplier<Remembered<T>> left);

    /** The same with the statuses in the rows. */
    <T> Running<T> start(
            Scheduler scheduler,
            String name,
            RWTable<T> table,
            StatusSlot<T> status,
            Operations<T> operations,
            Options options,
            Supplier<Remembered<T>> left);

    /**
     * A reconciler that was started.
     *
     * @param <T> the type of the rows
     */
    interface Running<T> {
        /** The engine's own reconciler. */
        Reconciler<T> reconciler();

        /** Drains and stops it: waits until it has stopped, at most until the deadline or its own, whichever is earlier. */
        void stop(Deadline deadline) throws Exception;

        /** The same; gives what it leaves to the next. */
        Remembered<T> stopAndRemember(Deadline deadline) throws Exception;
    }
}
