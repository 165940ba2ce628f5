package dev.homeostat.statedb.engine;

import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/** The right to write to one table. Held by a transaction rather than by a thread: a transaction may be handed from thread to thread. */
final class TableLock {
    private final Semaphore permit = new Semaphore(1);
    private volatile @Nullable WriteTransaction holder;

    /** The transaction that holds the lock, or null. */
    @Nullable
    WriteTransaction holder() {
        return holder;
    }

    /** Waits for the lock. */
    void lock(WriteTransaction transaction) {
        permit.acquireUninterruptibly();
        holder = transaction;
    }

    void unlock() {
        holder = null;
        permit.release();
    }
}
