package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Starts reconcilers over the tables of one database. Safe for all threads.
 *
 * <p>Everything that waits or runs does so by the {@link Scheduler} that is given: on its clock, and on its threads. Statuses are kept beside the rows, in
 * a table of the same database for each reconciler, or in the rows themselves. A reconciler that is started again under the same name, after it stopped, goes on from the statuses of
 * the earlier one: what was done is not done again.
 */
public final class Reconcilers {
    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_\\-]{0,30}");

    private final Database database;
    private final Scheduler scheduler;
    private final ReconcilerMetrics metrics;
    private final RandomGenerator random;
    private final ReconcilerRegistry registry;

    private Reconcilers(Builder builder) {
        this.database = builder.database;
        this.scheduler = builder.scheduler;
        this.metrics = builder.metrics;
        this.random = builder.random;
        this.registry = builder.registry == null ? new ReconcilerRegistry(database) : builder.registry;
    }

    /** What reconcilers need: their database, and time and threads. */
    public static Builder builder(Database database, Scheduler scheduler) {
        return new Builder(requireNonNull(database, "database"), requireNonNull(scheduler, "scheduler"));
    }

    /**
     * Starts a reconciler that keeps its statuses beside the rows, in a table of its own.
     *
     * @param name matches {@code ^[a-z][a-z0-9_\-]{0,30}$}, and is the only one of that name on the table
     * @throws IllegalArgumentException if the name is not valid, or the table is not one of this database
     * @throws IllegalStateException if a reconciler of that name runs on the table, whoever of the same registry started it, or has not ended its stop
     */
    public <T> RunningReconciler<T> start(String name, Table<T> table, Operations<T> operations, Options options) {
        return start(name, table, operations, options, Remembered.nothing());
    }

    /**
     * The same, in place of one that was stopped and forgotten, perhaps on another table of that name: goes on from what that one left. Rows of which a note says
     * that they were done, at the revision that they have here, are not done again; failed ones keep their attempts and the time of the next; deletes go on.
     *
     * @param left by the one before; notes about rows that are not in the table are left out
     */
    public <T> RunningReconciler<T> start(
            String name, Table<T> table, Operations<T> operations, Options options, Remembered<T> left) {
        return start(name, table, operations, options, () -> left);
    }

    /** The same, where rows may be deleted by others all the time: what the supplier tells is told when everything later is heard already. */
    public <T> RunningReconciler<T> start(
            String name, Table<T> table, Operations<T> operations, Options options, Supplier<Remembered<T>> left) {
        check(name, table);
        return start(
                name, table, null, () -> BesideTheRow.create(database, table.spec(), name), operations, options, left);
    }

    /**
     * Starts a reconciler that keeps its statuses in the rows. Started again after a stop, or after another reconciler that used that slot, it goes on from the
     * statuses that are there.
     *
     * @param name matches {@code ^[a-z][a-z0-9_\-]{0,30}$}, and is the only one of that name on the table
     * @param status where in the rows; one of the statuses that the table's specification names, which no other reconciler uses
     * @throws IllegalArgumentException if the name is not valid, the table is not one of this database, or its rows do not have that status
     * @throws IllegalStateException if a reconciler of that name, or one that uses that status, runs on the table, or has not ended its stop
     */
    public <T> RunningReconciler<T> start(
            String name, RWTable<T> table, StatusSlot<T> status, Operations<T> operations, Options options) {
        return start(name, table, status, operations, options, Remembered.nothing());
    }

    /** The same, in place of one that was stopped and forgotten: goes on from what that one left beside the statuses in the rows. */
    public <T> RunningReconciler<T> start(
            String name,
            RWTable<T> table,
            StatusSlot<T> status,
            Operations<T> operations,
            Options options,
            Remembered<T> left) {
        return start(name, table, status, operations, options, () -> left);
    }

    /** The same, where rows may be deleted by others all the time: what the supplier tells is told when everything later is heard already. */
    public <T> RunningReconciler<T> start(
            String name,
            RWTable<T> table,
            StatusSlot<T> status,
            Operations<T> operations,
            Options options,
            Supplier<Remembered<T>> left) {
        check(name, table);
        requireNonNull(status, "status");
        if (table.spec().statuses() != status.statuses()) {
            throw new IllegalArgumentException("reconciler " + table.name() + "/" + name + ": " + status
                    + " is not one of the rows of table \"" + table.name() + "\", which have "
                    + (table.spec().statuses() == null
                            ? "no statuses"
                            : table.spec().statuses())
                    + "; name them in the table's specification with statuses(…), and take the slot from there");
        }
        return start(
                name,
                table,
                status,
                () -> new InTheRow<>(database, table, status, name, scheduler, () -> registry.changed(table.name())),
                operations,
                options,
                left);
    }

    private <T> RunningReconciler<T> start(
            String name,
            Table<T> table,
            @Nullable StatusSlot<T> slot,
            Supplier<StatusStore<T>> newStore,
            Operations<T> operations,
            Options options,
            Supplier<Remembered<T>> leftBehind) {
        requireNonNull(operations, "operations");
        requireNonNull(options, "options");
        requireNonNull(leftBehind, "left");
        String fullName = table.name() + "/" + name;
        Started<?> earlier = registry.claim(fullName, table, slot);
        try {
            StatusStore<T> store = store(fullName, table, slot, newStore, earlier);
            ChangeIterator<T> changes = table.changes(); // before it is asked what was left: no delete is in neither
            try {
                Remembered<T> left = requireNonNull(leftBehind.get(), "left");
                boolean goesOn = left.upTo() > 0;
                if (goesOn) {
                    takeOver(store, table, left);
                }
                return start(name, table, changes, slot, store, operations, options, goesOn);
            } catch (RuntimeException | Error e) {
                changes.close();
                throw e;
            }
        } catch (RuntimeException | Error e) {
            registry.release(fullName);
            throw e;
        }
    }

    private <T> RunningReconciler<T> start(
            String name,
            Table<T> table,
            ChangeIterator<T> changes,
            @Nullable StatusSlot<T> slot,
            StatusStore<T> store,
            Operations<T> operations,
            Options options,
            boolean goesOn) {
        PausedKeys paused = registry.paused(table.name() + "/" + name);
        Plan plan = new Plan(database, StatusTableName.ofPlan(table.name(), name));
        Setup<T> setup = new Setup<>(name, database, table, operations, store, paused, plan, scheduler, registry);
        EventLoop loop = new EventLoop(scheduler);
        Core<T> core = new Core<>(setup, changes, loop, options, random, metrics, goesOn);
        loop.drive(core);
        Handle<T> handle = new Handle<>(setup, loop, core);
        registry.started(new Started<>(table, slot, store, plan, handle, core.stopping(), core.peer()));
        loop.post(Event.Look.AT_THE_TABLE);
        return handle;
    }

    private <T> void takeOver(StatusStore<T> store, Table<T> table, Remembered<T> left) {
        ReadTxn txn = database.readTxn();
        List<StatusRecord<T>> records = left.notes().stream()
                .filter(note -> note.deleted() != null || isRow(table, txn, note.key()))
                .map(StatusRecord::of)
                .toList();
        try {
            store.takeOver(records);
        } catch (RuntimeException | Error e) {
            store.drop();
            throw e;
        }
    }

    /** Says no also of a key that is none of the table's, whose primary index may be another one by now. */
    private static <T> boolean isRow(Table<T> table, ReadTxn txn, Key key) {
        try {
            return table.get(txn, table.spec().lookup(key)) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }

    private void check(String name, Table<?> table) {
        requireNonNull(table, "table");
        if (!NAME.matcher(requireNonNull(name, "name")).matches()) {
            throw new IllegalArgumentException("reconciler \"" + name + "\" of table \"" + table.name()
                    + "\": a name matches ^[a-z][a-z0-9_\\-]{0,30}$");
        }
        try {
            table.revision(database.readTxn());
        } catch (TableRemovedException e) {
            throw e;
        } catch (RuntimeException e) {
            throw new IllegalArgumentException(
                    "reconciler " + table.name() + "/" + name + ": table \"" + table.name()
                            + "\" is not one of the database that these reconcilers were made for; make others with"
                            + " Reconcilers.builder(its database, …)",
                    e);
        }
    }

    /**
     * What all running reconcilers of a table have to say about a row, or about its undone delete, in that snapshot: also those that others of the same
     * {@linkplain Builder#registry registry} started, wherever each keeps its status.
     */
    public StatusSet statuses(Table<?> table, ReadTxn txn, Key key) {
        return registry.statuses(table, txn, key);
    }

    /**
     * Forgets a reconciler that was stopped: removes its status table, and with it what its operations learned.
     *
     * @throws IllegalStateException if it was not stopped
     */
    public void forget(RunningReconciler<?> reconciler) {
        Started<?> one = registry.forget(reconciler);
        if (one == null) {
            return;
        }
        try {
            one.store().drop();
            one.plan().drop();
        } finally {
            registry.release(reconciler.fullName());
        }
    }

    private <T> StatusStore<T> store(
            String fullName,
            Table<T> table,
            @Nullable StatusSlot<T> slot,
            Supplier<StatusStore<T>> newStore,
            @Nullable Started<?> earlier) {
        StatusStore<T> known = earlier == null ? null : storeOf(earlier, table, slot);
        if (earlier != null) {
            earlier.plan().drop();
        }
        if (known != null) {
            return known;
        }
        if (earlier != null) {
            earlier.store().drop();
            registry.remove(fullName);
        }
        return newStore.get();
    }

    @SuppressWarnings("unchecked") // the same table has the same rows
    private static <T> @Nullable StatusStore<T> storeOf(
            Started<?> earlier, Table<T> table, @Nullable StatusSlot<T> slot) {
        boolean same = earlier.table().equals(table) && Objects.equals(earlier.slot(), slot);
        return same ? (StatusStore<T>) earlier.store() : null;
    }

    /** Collects what {@link Reconcilers} need. Used by one thread. */
    public static final class Builder {
        private final Database database;
        private final Scheduler scheduler;
        private ReconcilerMetrics metrics = ReconcilerMetrics.NONE;
        private RandomGenerator random = new SplittableRandom();
        private @Nullable ReconcilerRegistry registry;

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

        /**
         * Which other reconcilers of the database these know; only one another by default.
         *
         * @throws IllegalArgumentException if it is one of another database
         */
        public Builder registry(ReconcilerRegistry shared) {
            if (!shared.database().equals(database)) {
                throw new IllegalArgumentException(
                        "the registry is one of another database; make one for this database");
            }
            registry = shared;
            return this;
        }

        /** The reconcilers' starter. */
        public Reconcilers build() {
            return new Reconcilers(this);
        }
    }
}
