package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.statedb.DatabaseMetrics;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/** The database: the newest {@link Root}, and the short lock under which the next one is published. */
public final class MemoryDatabase implements Database {
    private final Scheduler scheduler;
    private final MetricsGate metrics;
    private final boolean debugging;
    private final DroppedTransactions droppedTransactions;
    private final ReentrantLock rootLock = new ReentrantLock();
    /** Revisions that tables had when they were removed: one that is made again goes on above. Guarded by the lock of the root. */
    private final Map<String, Long> lastRevisions = new HashMap<>();
    /** Guarded by the lock of the root. */
    private long nextId;

    private volatile Root root;

    /** An empty database. */
    public MemoryDatabase(Scheduler scheduler, DatabaseMetrics metrics, boolean debugging) {
        this.scheduler = scheduler;
        this.metrics = new MetricsGate(metrics);
        this.debugging = debugging;
        this.droppedTransactions = new DroppedTransactions(this, scheduler);
        this.root = new Root(this, new TableState<?>[0]);
    }

    @Override
    public <T> RWTable<T> create(TableSpec<T> spec, String... initializers) {
        List<String> names = List.of(initializers);
        if (names.stream().distinct().count() < names.size()) {
            throw new IllegalArgumentException(
                    "table \"" + spec.name() + "\": an initializer is named twice in " + names);
        }
        StoredTable<T> table = new StoredTable<>(this, spec);
        Conditions conditions = Conditions.of(names);
        install(table, last -> TableState.empty(table, last, conditions));
        return table;
    }

    /**
     * Makes a table part of the newest root.
     *
     * @param state its first state, given the revision that a table of that name had when it was removed, or 0
     * @throws IllegalArgumentException if there is a table of that name
     */
    <T> void install(StoredTable<T> table, LongFunction<TableState<T>> state) {
        rootLock.lock();
        try {
            if (table(table.name()) != null) {
                throw new IllegalArgumentException("table \"" + table.name() + "\" already exists in this database");
            }
            @Nullable TableState<?>[] states = root.states();
            int slot = Arrays.asList(states).indexOf(null);
            slot = slot < 0 ? states.length : slot;
            table.place(slot, nextId++);
            states = Arrays.copyOf(states, Math.max(states.length, slot + 1));
            states[slot] = state.apply(lastRevisions.getOrDefault(table.name(), 0L));
            root = new Root(this, states);
        } finally {
            rootLock.unlock();
        }
    }

    @Override
    public void remove(RWTable<?> table) {
        remove(table, last -> {});
    }

    /** Shows the last of it before it goes. */
    public void remove(RWTable<?> table, Consumer<ReadTxn> lastOfIt) {
        StoredTable<?> stored = own(table);
        // The transaction waits for other writers; it ends without having written.
        try (WriteTransaction txn = writeTxn(stored)) {
            lastOfIt.accept(root);
            TableState<?> last = root.state(stored);
            rootLock.lock();
            try {
                @Nullable TableState<?>[] states = root.states().clone();
                states[stored.slot()] = null;
                lastRevisions.put(stored.name(), last.revision());
                stored.markRemoved();
                root = new Root(this, states);
            } finally {
                rootLock.unlock();
            }
            last.closeAll();
            metrics.removed(stored.name());
            txn.endUntold();
        }
    }

    @Override
    public List<Table<?>> tables() {
        return tablesIn(root);
    }

    /** The tables that existed in a snapshot, ordered by name. */
    public static List<Table<?>> tablesIn(ReadTxn txn) {
        Root root = switch (txn) {
            case Root snapshot -> snapshot;
            case WriteTransaction writing -> writing.base();
            default ->
                throw new IllegalArgumentException(
                        "a " + txn.getClass().getName() + " is no snapshot of a state database");
        };
        List<Table<?>> tables = new ArrayList<>();
        for (TableState<?> state : root.states()) {
            if (state != null) {
                tables.add(state.table());
            }
        }
        tables.sort(Comparator.comparing(Table::name));
        return tables;
    }

    @Override
    public @Nullable Table<?> table(String name) {
        for (TableState<?> state : root.states()) {
            if (state != null && state.table().name().equals(name)) {
                return state.table();
            }
        }
        return null;
    }

    @Override
    public ReadTxn readTxn() {
        return root;
    }

    @Override
    public WriteTransaction writeTxn(RWTable<?>... tables) {
        return new WriteTransaction(this, inOrder(tables), null);
    }

    @Override
    public WriteTransaction writeTxn(String label, RWTable<?>... tables) {
        return new WriteTransaction(this, inOrder(tables), requireNonNull(label, "label"));
    }

    /** The newest root. */
    Root root() {
        return root;
    }

    Scheduler scheduler() {
        return scheduler;
    }

    MetricsGate metrics() {
        return metrics;
    }

    /** Whether write transactions remember where they were opened. */
    boolean isDebugging() {
        return debugging;
    }

    DroppedTransactions droppedTransactions() {
        return droppedTransactions;
    }

    /** Makes the states of the changed tables part of the newest root. */
    Root publish(@Nullable TableWriter<?>[] writers) {
        rootLock.lock();
        try {
            @Nullable TableState<?>[] states = root.states().clone();
            for (TableWriter<?> writer : writers) {
                if (writer != null && writer.changed()) {
                    states[writer.table().slot()] = writer.finish();
                }
            }
            Root next = new Root(this, states);
            root = next;
            return next;
        } finally {
            rootLock.unlock();
        }
    }

    /** Registers a change iterator that begins at the committed state. */
    ChangeTracker track(StoredTable<?> table) {
        rootLock.lock();
        try {
            if (table.removed()) {
                throw new TableRemovedException(table.name());
            }
            ChangeTracker tracker = new ChangeTracker(root.state(table).revision());
            table.trackers().add(tracker);
            return tracker;
        } finally {
            rootLock.unlock();
        }
    }

    void untrack(StoredTable<?> table, ChangeTracker tracker) {
        rootLock.lock();
        try {
            table.trackers().remove(tracker);
        } finally {
            rootLock.unlock();
        }
    }

    private StoredTable<?>[] inOrder(RWTable<?>[] tables) {
        if (tables.length == 0) {
            throw new IllegalArgumentException("a write transaction needs a table to lock; name one in writeTxn(…)");
        }
        if (tables.length == 1) {
            return new StoredTable<?>[] {own(tables[0])};
        }
        return Arrays.stream(tables)
                .<StoredTable<?>>map(this::own)
                .distinct()
                .sorted(Comparator.comparingLong(StoredTable::id))
                .toArray(StoredTable<?>[]::new);
    }

    private StoredTable<?> own(RWTable<?> table) {
        if (requireNonNull(table, "table") instanceof StoredTable<?> stored && stored.database() == this) {
            return stored;
        }
        throw new IllegalArgumentException("table \"" + table.name() + "\" belongs to another database");
    }
}
