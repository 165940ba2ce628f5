package dev.homeostat.host.plugin;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Reconciler;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.Carried;
import dev.homeostat.reconciler.Remembered;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A reconciler of a plugin. Its operations run with the plugin's names in the log. */
final class ReconcilerContribution<T> implements Contribution {
    private final ReconcilerHandle<T> handle;
    private final Place<T> place;
    private final Operations<T> operations;
    private final Options options;
    private final PluginThread around;
    private final HostServices services;
    private final Events events;
    private volatile ReconcilerEngine.@Nullable Running<T> running;
    private volatile OptionsOverrides.@Nullable Charge charge;

    /** What it reconciles, and where its statuses are. */
    sealed interface Place<T> {
        /** The table that the plugin was given. */
        ReadHandle<T> table();

        ReconcilerEngine.Running<T> start(
                ReconcilerEngine engine,
                Scheduler scheduler,
                String name,
                Operations<T> operations,
                Options options,
                Supplier<Remembered<T>> left);
    }

    /** Statuses in a table of their own. */
    record BesideTheRows<T>(ReadHandle<T> table) implements Place<T> {
        @Override
        public ReconcilerEngine.Running<T> start(
                ReconcilerEngine engine,
                Scheduler scheduler,
                String name,
                Operations<T> operations,
                Options options,
                Supplier<Remembered<T>> left) {
            return engine.start(scheduler, name, table.engine(), operations, options, left);
        }
    }

    /** Statuses in the rows, which the reconciler writes to. */
    record InTheRows<T>(TableHandle<T> table, StatusSlot<T> status) implements Place<T> {
        @Override
        public ReconcilerEngine.Running<T> start(
                ReconcilerEngine engine,
                Scheduler scheduler,
                String name,
                Operations<T> operations,
                Options options,
                Supplier<Remembered<T>> left) {
            return engine.start(scheduler, name, table.writable(), status, operations, options, left);
        }
    }

    ReconcilerContribution(
            ReconcilerHandle<T> handle,
            Place<T> place,
            Operations<T> operations,
            Options options,
            PluginThread around,
            DatabaseHandle database,
            HostServices services,
            Events events) {
        this.around = around;
        this.handle = handle;
        this.place = place;
        this.operations = PluginOperations.of(operations, around, database, handle.fullName());
        this.options = options;
        this.services = services;
        this.events = events;
    }

    String fullName() {
        return handle.fullName();
    }

    @Nullable
    Reconciler<T> reconciler() {
        ReconcilerEngine.Running<T> current = running;
        return current == null ? null : current.reconciler();
    }

    @Override
    public Kind kind() {
        return Kind.RECONCILER;
    }

    @Override
    public String thing() {
        return "reconciler \"" + fullName() + "\"";
    }

    @Override
    public void start(Carried carried) {
        Scheduler scheduler = new PluginScheduler(services.scheduler(), around, fullName());
        OptionsOverrides.Charge taken = services.overrides().take(fullName(), options);
        ReconcilerEngine.Running<T> started;
        try {
            started = place.start(
                    services.reconcilers(), scheduler, handle.name(), operations, taken.options(), () -> left(carried));
        } catch (RuntimeException | Error e) {
            taken.release();
            throw e;
        }
        charge = taken;
        running = started;
        taken.started(started.reconciler());
        handle.attach(started.reconciler(), taken);
        events.reconcilerAdded(started.reconciler());
    }

    private Remembered<T> left(Carried carried) {
        return carried.left(services.keeping(), fullName(), place.table().engine());
    }

    private void stop(ReconcilerEngine.Running<T> stopping, Deadline deadline, Carried carried) throws Exception {
        if (!carried.isWanted()) {
            stopping.stop(deadline);
            return;
        }
        Table<T> table = place.table().engine();
        ChangeIterator<T> since = table.changes(); // whoever deletes a row from now on is heard
        try {
            Remembered<T> left = stopping.stopAndRemember(deadline);
            carried.reconcilerStopped(fullName(), table, since, left, services.scheduler());
        } catch (Exception | Error e) {
            since.close();
            throw e;
        }
    }

    @Override
    public void stop(Deadline deadline, Carried carried) throws Exception {
        ReconcilerEngine.Running<T> stopping = running;
        OptionsOverrides.Charge taken = charge;
        if (stopping != null && taken != null) {
            taken.release();
            try {
                stop(stopping, deadline, carried);
            } finally {
                handle.detach();
                running = null;
                events.reconcilerRemoved(stopping.reconciler());
            }
        }
    }
}
