package dev.homeostat.host.plugin;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.reconciler.Reconcilers;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.WeakHashMap;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * The database as one plugin sees it: it reads every table that a plugin contributed, and writes those that it was given handles for. Tables in which
 * reconcilers keep statuses are not seen: where a status is kept makes no difference to anybody.
 */
final class DatabaseHandle implements Database {
    private final Leash leash;
    private final TableLookups lookups;
    private volatile @Nullable Database engine;
    /** Weakly: a transaction that the plugin forgot must not be kept from being found. */
    private final Set<PluginWriteTxn> open =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    /** By the engine's tables. */
    private final Map<Table<?>, LookedUpTable<?>> lookedUp = new ConcurrentHashMap<>();

    DatabaseHandle(Leash leash, Database engine, TableLookups lookups) {
        this.leash = leash;
        this.engine = engine;
        this.lookups = lookups;
        lookups.add(this);
    }

    @Override
    public <T> RWTable<T> create(TableSpec<T> spec, String... initializers) {
        throw new UnsupportedOperationException("plugin \"" + leash.plugin() + "\": table \"" + spec.name()
                + "\" is to be contributed with PluginContext.table(…)");
    }

    @Override
    public void remove(RWTable<?> table) {
        throw new UnsupportedOperationException(
                "plugin \"" + leash.plugin() + "\": a table goes when the plugin that contributed it stops");
    }

    @Override
    public List<Table<?>> tables() {
        return engine().tables().stream()
                .filter(table -> !keepsStatuses(table))
                .<Table<?>>map(this::reader)
                .toList();
    }

    @Override
    public @Nullable Table<?> table(String name) {
        Table<?> table = engine().table(name);
        return table == null || keepsStatuses(table) ? null : reader(table);
    }

    private static boolean keepsStatuses(Table<?> table) {
        return table.spec().rowType().getModule().equals(Reconcilers.class.getModule());
    }

    @Override
    public ReadTxn readTxn() {
        return new PluginReadTxn(this, engine().readTxn());
    }

    @Override
    public WriteTxn writeTxn(RWTable<?>... tables) {
        return labelled("plugin " + leash.plugin(), tables);
    }

    @Override
    public WriteTxn writeTxn(String label, RWTable<?>... tables) {
        return labelled("plugin " + leash.plugin() + ": " + requireNonNull(label, "label"), tables);
    }

    private WriteTxn labelled(String label, RWTable<?>[] tables) {
        RWTable<?>[] owned = new RWTable<?>[tables.length];
        for (int i = 0; i < tables.length; i++) {
            if (!(tables[i] instanceof TableHandle<?> handle)) {
                throw new IllegalArgumentException("table \"" + tables[i].name() + "\" belongs to another database");
            }
            owned[i] = handle.writable();
        }
        PluginWriteTxn txn = new PluginWriteTxn(this, engine().writeTxn(label, owned), open);
        if (engine == null) {
            txn.revoke(); // the plugin stopped meanwhile
            throw leash.gone("the database");
        }
        return txn;
    }

    /** Aborts what is open; nothing can be opened any more. */
    void close() {
        engine = null;
        lookups.remove(this);
        lookedUp.keySet().forEach(this::tableRemoved);
        List<PluginWriteTxn> left;
        synchronized (open) {
            left = List.copyOf(open);
        }
        left.forEach(PluginWriteTxn::revoke);
    }

    /** The database has it no more, or is none for this plugin: nothing of it is kept. */
    void tableRemoved(Table<?> table) {
        LookedUpTable<?> handle = lookedUp.remove(table);
        if (handle != null) {
            handle.detach();
        }
    }

    boolean isClosed() {
        return engine == null;
    }

    private <T> Table<T> reader(Table<T> table) {
        @SuppressWarnings("unchecked") // made for this very table
        LookedUpTable<T> handle = (LookedUpTable<T>) lookedUp.computeIfAbsent(table, _ -> made(table));
        Database current = engine;
        if (current == null || !table.equals(current.table(handle.name()))) {
            tableRemoved(table); // right now, and who removed it may not have seen this
        }
        return handle;
    }

    private <T> LookedUpTable<T> made(Table<T> table) {
        LookedUpTable<T> handle = new LookedUpTable<>(leash, table.spec(), this);
        handle.attach(table);
        return handle;
    }

    IllegalStateException gone(String thing) {
        return leash.gone(thing);
    }

    private Database engine() {
        leash.checkActive("the database");
        Database current = engine;
        if (current == null) {
            throw leash.gone("the database");
        }
        return current;
    }
}
