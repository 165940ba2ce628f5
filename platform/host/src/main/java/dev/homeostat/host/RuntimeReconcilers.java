package dev.homeostat.host;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.plugin.Deadline;
import dev.homeostat.host.plugin.ReconcilerEngine;
import dev.homeostat.reconciler.ReconcilerMetrics;
import dev.homeostat.reconciler.ReconcilerRegistry;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.Remembered;
import dev.homeostat.reconciler.RunningReconciler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/** The reconciler runtime as plugins' contributions see it: each reconciler on the scheduler of its plugin, all of them in one registry. */
record RuntimeReconcilers(Database database, ReconcilerMetrics metrics, ReconcilerRegistry registry)
        implements ReconcilerEngine {
    private static final Duration SHORTEST_STOP = Duration.ofMillis(10);

    @Override
    public <T> Running<T> start(
            Scheduler scheduler,
            String name,
            Table<T> table,
            Operations<T> operations,
            Options options,
            Supplier<Remembered<T>> left) {
        UntilStopped heard = new UntilStopped(metrics);
        Reconcilers reconcilers = on(scheduler, heard);
        return new Started<>(reconcilers, reconcilers.start(name, table, operations, options, left), heard);
    }

    @Override
    public <T> Running<T> start(
            Scheduler scheduler,
            String name,
            RWTable<T> table,
            StatusSlot<T> status,
            Operations<T> operations,
            Options options,
            Supplier<Remembered<T>> left) {
        UntilStopped heard = new UntilStopped(metrics);
        Reconcilers reconcilers = on(scheduler, heard);
        return new Started<>(reconcilers, reconcilers.start(name, table, status, operations, options, left), heard);
    }

    private Reconcilers on(Scheduler scheduler, ReconcilerMetrics heard) {
        return Reconcilers.builder(database, scheduler)
                .metrics(heard)
                .registry(registry)
                .build();
    }

    /** A reconciler that was started. */
    private record Started<T>(Reconcilers reconcilers, RunningReconciler<T> running, UntilStopped heard)
            implements Running<T> {
        @Override
        public Reconciler<T> reconciler() {
            return running;
        }

        @Override
        public void stop(Deadline deadline) throws Exception {
            stop(deadline, () -> Remembered.nothing());
        }

        @Override
        public Remembered<T> stopAndRemember(Deadline deadline) throws Exception {
            return stop(deadline, running::remembered);
        }

        private Remembered<T> stop(Deadline deadline, Supplier<Remembered<T>> left) throws Exception {
            Duration time = deadline.remaining().compareTo(SHORTEST_STOP) < 0 ? SHORTEST_STOP : deadline.remaining();
            try {
                if (!running.isStopped() && running.options().stopDeadline().compareTo(time) > 0) {
                    running.options(running.options().stopDeadline(time));
                }
                running.stop().toCompletableFuture().get(time.toNanos() * 2, TimeUnit.NANOSECONDS);
                return left.get();
            } finally {
                heard.close();
                // It holds the operations and the row class, and so the plugin.
                reconcilers.forget(running);
            }
        }
    }
}
