package dev.homeostat.statedb.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * The right to write to one table; those who wait get it in the order of their coming. Had by a transaction rather than by a thread: a transaction may be handed
 * from thread to thread.
 */
final class TableLock {
    private static final VarHandle HOLDER;

    static {
        try {
            HOLDER = MethodHandles.lookup().findVarHandle(TableLock.class, "holder", Hold.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Semaphore permit = new Semaphore(1, true);
    private volatile @Nullable Hold holder;

    /** Whose lock it is, or null. */
    @Nullable
    Hold holder() {
        return holder;
    }

    /** Waits for the lock. */
    void lock(Hold hold) {
        permit.acquireUninterruptibly();
        holder = hold;
    }

    /** Gives the lock back if it is that one's; says whether it was. */
    boolean unlock(Hold hold) {
        if (holder == hold && HOLDER.compareAndSet(this, hold, (Hold) null)) {
            permit.release();
            return true;
        }
        return false;
    }

    /** Whether somebody waits. */
    boolean isWaitedFor() {
        return permit.hasQueuedThreads();
    }
}
