package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.schedule.Scheduler;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts reconcilers over the tables of one database. Safe for all threads.
 *
 * <p>Everything that waits or runs does so by the {@link Scheduler} that is given: on its clock, and on its threads. Statuses are kept beside the rows, in
 * a table of the same database for each reconciler. A reconciler that is started again under the same name, after it stopped, goes on from the statuses of
 * the earlier one: what was done is not done again.
 */
public final class Reconcilers {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_\\-]{0,30}");

    private final Database database;
    private final Scheduler scheduler;
    private final ReconcilerMetrics metrics;
    private final RandomGenerator random;
    private final Map<String, Started<?>> started = new HashMap<>();

    /** By the reconcilers' full names; outlives them. */
    private final Map<String, PausedKeys> paused = new HashMap<>();

    private record Started<T>(
            Table<T> table, BesideTheRow<T> store, RunningReconciler<T> reconciler, Stopping stopping) {
        /** Whether it writes no status any more. */
        boolean isOver() {
            return stopping.stopped().isDone();
        }
    }

    private Reconcilers(Builder builder) {
        this.database = builder.database;
        this.scheduler = builder.scheduler;
        this.metrics = builder.metrics;
        this.random = builder.random;
    }

    /** What reconcilers need: their database, and time and threads. */
    public static Builder builder(Database database, Scheduler scheduler) {
        return new Builder(requireNonNull(database, "database"), requireNonNull(scheduler, "scheduler"));
    }

    /**
     * Starts a reconciler.
     *
     * @param name matches {@code ^[a-z][a-z0-9_\-]{0,30}$}, and is the only one of that name on the table
     * @throws IllegalArgumentException if the name is not valid
     * @throws IllegalStateException if a reconciler of that name runs on the table, or has not ended its stop
     */
    public synchronized <T> RunningReconciler<T> start(
            String name, Table<T> table, Operations<T> operations, Options options) {
        requireNonNull(table, "table");
        requireNonNull(operations, "operations");
        requireNonNull(options, "options");
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("reconciler \"" + name + "\" of table \"" + table.name()
                    + "\": a name matches ^[a-z][a-z0-9_\\-]{0,30}$");
        }
        BesideTheRow<T> store = store(name, table);
        PausedKeys pausedKeys = paused.computeIfAbsent(table.name() + "/" + name, _ -> new PausedKeys());
        Setup<T> setup = new Setup<>(name, database, table, operations, store, pausedKeys, scheduler);
        EventLoop loop = new EventLoop(scheduler);
        Core<T> core = new Core<>(setup, loop, options, random, metrics);
        loop.drive(core);
        Handle<T> handle = new Handle<>(setup, loop, core, store.table());
        started.put(setup.fullName(), new Started<>(table, store, handle, core.stopping()));
        loop.post(Event.Look.AT_THE_TABLE);
        return handle;
    }

    /**
     * Forgets a reconciler that was stopped: removes its status table, and with it what its operations learned.
     *
     * @throws IllegalStateException if it was not stopped
     */
    public synchronized void forget(RunningReconciler<?> reconciler) {
        Started<?> one = started.get(reconciler.fullName());
        if (one == null || !one.reconciler().equals(reconciler)) {
            return;
        }
        if (!reconciler.isStopped()) {
            throw new IllegalStateException(reconciler + " runs; stop it before its statuses are removed");
        }
        started.remove(reconciler.fullName());
        one.store().drop();
    }

    private <T> BesideTheRow<T> store(String name, Table<T> table) {
        String fullName = table.name() + "/" + name;
        Started<?> earlier = started.get(fullName);
        if (earlier != null && !earlier.reconciler().isStopped()) {
            throw new IllegalStateException(
                    "reconciler " + fullName + " already runs; stop it first, or choose another name");
        }
        BesideTheRow<T> known = earlier == null ? null : storeOf(earlier, table);
        if (known != null && earlier != null && !earlier.isOver()) {
            throw new IllegalStateException("reconciler " + fullName
                    + " is stopping, and its operations may still run; wait for the end of its stop, or choose"
                    + " another name");
        }
        if (known != null) {
            return known;
        }
        if (earlier != null) {
            earlier.store().drop();
            started.remove(fullName);
        }
        return BesideTheRow.create(database, table.spec(), name);
    }

    @SuppressWarnings("unchecked") // the same table has the same rows
    private static <T> @Nullable BesideTheRow<T> storeOf(Started<?> earlier, Table<T> table) {
        return earlier.table().equals(table) ? (BesideTheRow<T>) earlier.store() : null;
    }

    /** Collects what {@link Reconcilers} need. Used by one thread. */
    public static final class Builder {
        private final Database database;
        private final Scheduler scheduler;
        private ReconcilerMetrics metrics = ReconcilerMetrics.NONE;
        private RandomGenerator random = new SplittableRandom();

        private Builder(Database database, Scheduler scheduler) {
            this.database = database;
            this.scheduler = scheduler;
        }

        /** Who hears what they do; nobody by default. */
        public Builder metrics(ReconcilerMetrics listener) {
            metrics = requireNonNull(listener, "listener");
            return this;
        }

        /** Where the jitter of retries comes from; a test gives one with a seed. Safe for several threads if several reconcilers are started. */
        public Builder random(RandomGenerator source) {
            random = requireNonNull(source, "source");
            return this;
        }

        /** The reconcilers' starter. */
        public Reconcilers build() {
            return new Reconcilers(this);
        }
    }
}
