package dev.homeostat.api.db;

/**
 * A write transaction: holds the locks of its tables, reads its own writes, and either commits all of them at once or leaves no trace.
 *
 * <p>Used by one thread at a time; handed to another one, it counts as the former one's until the new one has used it, for the refusal to wait for oneself. It may be
 * aborted from any thread. Tables that it did not lock are read at the snapshot that it began with.
 */
public interface WriteTxn extends ReadTxn, AutoCloseable {
    /**
     * Publishes all changes at once, then closes the watches of what changed, then releases the locks.
     *
     * @return a snapshot that holds exactly what was committed, and what others had committed before it
     * @throws IllegalStateException if it was committed or aborted before
     */
    ReadTxn commit();

    /** Drops all changes and releases the locks; watches taken from this transaction close. Does nothing after commit or abort. */
    void abort();

    /** The same as {@link #abort()}: after a commit it does nothing. */
    @Override
    default void close() {
        abort();
    }
}
