package dev.homeostat.statedb;

import dev.homeostat.api.db.TableStats;
import java.time.Duration;
import java.util.List;

/**
 * Where a database reports what it does; every method does nothing unless it is overridden.
 *
 * <p>Called by the threads that write, while they hold the tables' locks, so that the figures of one table come in order; {@link #transactionDropped} comes
 * without these locks. What the database does by itself counts like any other transaction: the emptying of a graveyard is a commit. Implementations must be
 * quick and safe for all threads. What they throw changes nothing, and is logged once for each method.
 */
public interface DatabaseMetrics {
    /** Reports nothing, and costs nothing. */
    DatabaseMetrics NONE = new DatabaseMetrics() {};

    /** A write transaction has locked that table, after having waited so long. */
    default void lockWaited(String table, Duration waited) {}

    /**
     * A write transaction ended.
     *
     * @param tables the tables that it had locked
     * @param duration the time from having the locks to its end
     * @param committed whether it was committed; else aborted
     */
    default void transactionEnded(List<String> tables, Duration duration, boolean committed) {}

    /** A transaction on these tables was forgotten without commit or abort, and was found. Of its end nothing else is told. */
    default void transactionDropped(List<String> tables) {}

    /** A transaction on that table was committed; these are the table's figures then. */
    default void tableChanged(String table, TableStats stats) {}

    /** That table was removed. */
    default void tableRemoved(String table) {}
}
