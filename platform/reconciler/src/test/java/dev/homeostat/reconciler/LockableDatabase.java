package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.testkit.fakes.Gate;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A database of which a table can be kept locked on a virtual clock: whoever opens a write transaction on it waits at a gate, as it would for a lock. */
final class LockableDatabase implements Database {
    private final Database database;
    private final VirtualScheduler clock;
    private @Nullable RWTable<?> locked;
    private @Nullable Gate lock;
    private int waiting;

    LockableDatabase(Database database, VirtualScheduler clock) {
        this.database = database;
        this.clock = clock;
    }

    /** From now on somebody keeps that table locked. */
    void lock(RWTable<?> table) {
        locked = table;
        lock = clock.gate();
    }

    void unlock() {
        Gate present = lock;
        locked = null;
        lock = null;
        if (present != null) {
            present.open();
        }
    }

    /** How many write transactions wait for the lock. */
    int waiting() {
        return waiting;
    }

    @Override
    public WriteTxn writeTxn(RWTable<?>... tables) {
        await(tables);
        return database.writeTxn(tables);
    }

    @Override
    public WriteTxn writeTxn(String label, RWTable<?>... tables) {
        await(tables);
        return database.writeTxn(label, tables);
    }

    private void await(RWTable<?>... tables) {
        Gate present = lock;
        if (present != null && Arrays.asList(tables).contains(locked)) {
            waiting++;
            present.awaitUninterruptibly();
            waiting--;
        }
    }

    @Override
    public <T> RWTable<T> create(TableSpec<T> spec, String... initializers) {
        return database.create(spec, initializers);
    }

    @Override
    public void remove(RWTable<?> table) {
        database.remove(table);
    }

    @Override
    public List<Table<?>> tables() {
        return database.tables();
    }

    @Override
    public @Nullable Table<?> table(String name) {
        return database.table(name);
    }

    @Override
    public ReadTxn readTxn() {
        return database.readTxn();
    }
}
