package dev.homeostat.api.db;

import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * An in-memory, indexed, watchable, multi-version database.
 *
 * <p>Its whole state is one immutable root: taking a {@linkplain #readTxn() snapshot} is one read of it, a {@link WriteTxn} builds the next one and
 * publishes it at its commit. Readers never block and never see half a commit. All methods may be called from any thread.
 */
public interface Database {

    /**
     * Makes a new, empty table.
     *
     * @param initializers names of conditions that must be completed before the table counts as initialized; with none it is initialized at once
     * @throws IllegalArgumentException if the specification is not valid, or a table of that name exists
     */
    <T> RWTable<T> create(TableSpec<T> spec, String... initializers);

    /**
     * Removes a table. Its watches close, snapshots taken before still read it, every other access throws {@link TableRemovedException}.
     * Removal is not deletion: nobody sees delete events. Waits for a write transaction that holds the table.
     *
     * @throws TableRemovedException if it was removed before
     */
    void remove(RWTable<?> table);

    /** The tables as of now, ordered by name. */
    List<Table<?>> tables();

    /** The table of that name as of now, or null. */
    @Nullable
    Table<?> table(String name);

    /** Takes a snapshot of all tables: constant time, no lock, valid for as long as it is held. A held snapshot keeps its rows in memory. */
    ReadTxn readTxn();

    /**
     * Locks the given tables, each once, in one global order, and opens a write transaction on the newest state. Waits for other writers of these tables.
     *
     * <p>Writers of one table get it in the order in which they asked; the wait ends with nothing but the lock, neither by a time-out nor by an interrupt. A write transaction belongs to one thread at a time. Always close it:
     * {@code try (WriteTxn txn = db.writeTxn(a, b)) { …; txn.commit(); }}. One that is forgotten keeps its tables locked until the garbage collector finds it; that
     * is logged as the error that it is.
     *
     * @throws IllegalStateException if this thread has already locked one of the tables: waiting would never end
     * @throws TableRemovedException if a table was removed
     * @throws IllegalArgumentException if no table is given, or one belongs to another database
     */
    WriteTxn writeTxn(RWTable<?>... tables);

    /** The same, with a label that messages about the transaction give: what it is for. */
    WriteTxn writeTxn(String label, RWTable<?>... tables);

    /** Runs the function in a write transaction on one table; commits when it returns, aborts when it throws, and gives what it returned. */
    default <T, R extends @Nullable Object> R write(RWTable<T> table, Function<WriteTxn, R> body) {
        try (WriteTxn txn = writeTxn(table)) {
            R result = body.apply(txn);
            txn.commit();
            return result;
        }
    }
}
