package dev.homeostat.api.db;

/**
 * Follows one table: updates and deletes in revision order, every row in its newest state, nothing twice; states in between may be left out.
 *
 * <pre>{@code
 * try (ChangeIterator<Memo> iterator = memos.changes()) {
 *     while (!Thread.interrupted()) {
 *         Changes<Memo> changes = iterator.next(db.readTxn());
 *         for (Change<Memo> change : changes) { … }
 *         changes.watch().await(); // closes when there is something new; comes closed if there already is
 *     }
 * }
 * }</pre>
 *
 * <p>A row that was updated five times between two looks is seen once; one that was created and deleted between two looks is seen as a delete only. Used
 * by one thread at a time. As long as it is open, deleted rows that it has not seen are kept: close it. One that becomes unreachable is closed.
 */
public interface ChangeIterator<T> extends AutoCloseable {
    /**
     * The changes that were not yet consumed, up to that snapshot. Takes over what an earlier, half-consumed sequence left; that one ends.
     *
     * <p>Only what is committed counts: of a write transaction the snapshot that it began with is taken, without its own writes. A snapshot that is older than this
     * iterator gives nothing, and its watch comes closed: what was deleted between the two was not kept.
     *
     * @throws TableRemovedException if the table was removed
     * @throws IllegalStateException if this iterator is closed
     */
    Changes<T> next(ReadTxn txn);

    /** The revision up to which everything was consumed: that of the last change taken, or of the snapshot once nothing is left in it; 0 at the beginning. */
    long revision();

    /**
     * The number of deletes up to that snapshot that are yet to be consumed: of rows that the table has no more, and that come with the next changes. Of a write
     * transaction the snapshot that it began with is taken. Consumes nothing; deletes are counted 64 at a time.
     *
     * @throws TableRemovedException if the table was removed
     * @throws IllegalStateException if this iterator is closed
     */
    long deletesAhead(ReadTxn txn);

    /** Releases the deleted rows that were kept for this iterator. */
    @Override
    void close();
}
