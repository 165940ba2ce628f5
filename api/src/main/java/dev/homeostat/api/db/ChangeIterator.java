package dev.homeostat.api.db;

/**
 * Follows one table: updates and deletes in revision order, each row at least in its newest state, nothing twice.
 *
 * <p>A row that was updated five times between two looks is seen once; one that was created and deleted between two looks is seen as a delete only. Used
 * by one thread at a time. As long as it is open, deleted rows that it has not seen are kept: close it. One that becomes unreachable is closed.
 */
public interface ChangeIterator<T> extends AutoCloseable {
    /**
     * The changes that were not yet consumed, up to that snapshot. Takes over what an earlier, half-consumed sequence left; that one ends.
     *
     * @throws TableRemovedException if the table was removed
     * @throws IllegalStateException if this iterator is closed
     */
    Changes<T> next(ReadTxn txn);

    /** The revision of the last change that was consumed; 0 at the beginning. */
    long revision();

    /** Releases the deleted rows that were kept for this iterator. */
    @Override
    void close();
}
