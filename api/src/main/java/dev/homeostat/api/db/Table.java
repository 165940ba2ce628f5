package dev.homeostat.api.db;

import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The readers' side of a table. All methods may be called from any thread.
 *
 * <p>Methods that take a transaction throw {@link IllegalArgumentException} when it is of another database, and {@link TableRemovedException} when the
 * table did not exist at that snapshot.
 *
 * @param <T> the type of the rows, immutable
 */
public interface Table<T> {
    /** The table's name, unique in its database. */
    String name();

    /** What the table was made from. */
    TableSpec<T> spec();

    /**
     * Finds one row: the first that the query matches, which for a lookup (an exact query of a unique index) is the only one.
     * A lookup with a query that was made beforehand allocates nothing.
     *
     * @throws IllegalArgumentException if the query's index is not one of this table
     */
    @Nullable
    Row<T> get(ReadTxn txn, Query<T> query);

    /** Finds all rows that the query matches, in (key, primary key) order. */
    Rows<T> list(ReadTxn txn, Query<T> query);

    /** All rows in the order of the primary key. */
    Rows<T> all(ReadTxn txn);

    /** The rows whose revision is at least the given one, in the order of their revisions. */
    Rows<T> byRevision(ReadTxn txn, long fromRevision);

    /**
     * A token that closes when a commit changed the answer of that query. An exact query of a unique index watches that key, also when it does not exist
     * yet; exact and prefix queries watch all under that prefix; a longest match watches the prefix that matched and all that it contains, or the index where nothing
     * matched; the others watch the table. May also close for a near neighbour.
     */
    Watch watch(ReadTxn txn, Query<T> query);

    /** The revision of the table's last change; 0 for a new table, unless one of its name was removed: then it goes on from that one's. */
    long revision(ReadTxn txn);

    /** The number of rows; constant time. */
    long count(ReadTxn txn);

    /**
     * Opens an iterator over the table's changes from its beginning on: the rows that exist come first, as updates. Needs no transaction and takes no
     * table lock. Deleted rows are kept for it until it has seen them: close it.
     */
    ChangeIterator<T> changes();

    /** Whether all initializers are done, in that snapshot. Final once true. */
    boolean initialized(ReadTxn txn);

    /** The names of the initializers that are not done, in that snapshot; ordered. */
    Set<String> pendingInitializers(ReadTxn txn);

    /** Closes when the set of pending initializers changes; closed when the table is initialized. */
    Watch initializedWatch(ReadTxn txn);

    /** Figures of the table for people and metrics, as of now. */
    TableStats stats();
}
