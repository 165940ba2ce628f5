package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The production database, with a place before each transaction where something else may happen. All tasks of a simulation run on one thread at a time, and none
 * is interrupted; but between two transactions of a reconciler anything may, and here it does.
 */
final class InterposedDatabase implements Database {
    private final Database database;
    private final BooleanSupplier dead;
    private final Interposer interposer;
    private boolean inside;

    InterposedDatabase(Database database, BooleanSupplier dead, Interposer interposer) {
        this.database = database;
        this.dead = dead;
        this.interposer = interposer;
    }

    /** What the simulation itself uses. */
    Database plain() {
        return database;
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
        interpose(interposer::beforeRead);
        return database.readTxn();
    }

    @Override
    public WriteTxn writeTxn(RWTable<?>... tables) {
        interpose(interposer::beforeWrite);
        return database.writeTxn(tables);
    }

    @Override
    public WriteTxn writeTxn(String label, RWTable<?>... tables) {
        interpose(interposer::beforeWrite);
        return database.writeTxn(label, tables);
    }

    private void interpose(Runnable something) {
        if (!inside && !dead.getAsBoolean()) {
            inside = true;
            try {
                something.run();
            } finally {
                inside = false;
            }
        }
        if (dead.getAsBoolean()) {
            throw new Killed();
        }
    }
}
