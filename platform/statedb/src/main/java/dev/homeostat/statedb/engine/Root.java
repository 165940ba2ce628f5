package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;
import org.jspecify.annotations.Nullable;

/**
 * The state of the world: all tables at one moment. Immutable.
 *
 * <p>The database holds the newest one in one volatile field. It is itself the read transaction, so that taking a snapshot is reading that field.
 */
final class Root implements ReadTxn {
    private final MemoryDatabase database;
    private final @Nullable TableState<?>[] states;

    /** Takes the array over: a table's state is at its slot. */
    Root(MemoryDatabase database, @Nullable TableState<?>[] states) {
        this.database = database;
        this.states = states;
    }

    @Override
    public Database database() {
        return database;
    }

    @Nullable
    TableState<?>[] states() {
        return states;
    }

    /** The state of a table, which must be one of this database and have existed at that moment. */
    <T> TableState<T> state(StoredTable<T> table) {
        TableState<T> state = table.database() == database ? stateOrNull(table) : null;
        if (state == null) {
            throw missing(table);
        }
        return state;
    }

    /** The same, or null where the table did not exist at that moment. */
    @SuppressWarnings("unchecked") // a table's state has the type of the table
    <T> @Nullable TableState<T> stateOrNull(StoredTable<T> table) {
        TableState<?> state = table.slot() < states.length ? states[table.slot()] : null;
        return state != null && state.table() == table ? (TableState<T>) state : null;
    }

    private RuntimeException missing(StoredTable<?> table) {
        if (table.database() != database) {
            return table.foreign(this);
        }
        return table.removed()
                ? new TableRemovedException(table.name())
                : TableRemovedException.notYetCreated(table.name());
    }
}
