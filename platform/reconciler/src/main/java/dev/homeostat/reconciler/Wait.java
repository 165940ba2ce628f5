package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.ReconciledUpTo;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who waits for the changes up to a revision. Its counters are touched by the owner of the event loop only; the future is the one that the waiter
 * holds, who may complete or cancel it to be waiting no more.
 */
abstract sealed class Wait {
    /** The highest revision that it waits for. */
    final long revision;

    /** How many works it waits for, as far as they are known. */
    long open;

    /** How many of those are paused. */
    long paused;

    /** A row that is paused and waited for, and that no work is about yet. */
    @Nullable
    Key pausedInTable;

    /** Whether it is among the {@link Waits}; read by the thread on which the waiter leaves. */
    volatile boolean counted;

    /** Works that became unsettled later are not waited for. */
    long registered;

    private Wait(long revision) {
        this.revision = revision;
    }

    /** Whether this work is one of those that it waits for. */
    final boolean covers(Work<?> work) {
        boolean present = work.generation != Work.NO_GENERATION && work.generation <= revision;
        return present && work.unsettledSince <= registered && !satisfiedBy(work);
    }

    abstract boolean satisfiedBy(Work<?> work);

    abstract CompletableFuture<?> future();

    /** Waits until all is settled, or nothing that reconcilers do will settle it. */
    static final class ForReconciliation extends Wait {
        private final CompletableFuture<WaitResult> result = new CompletableFuture<>();

        ForReconciliation(long revision) {
            super(revision);
        }

        @Override
        boolean satisfiedBy(Work<?> work) {
            return work.settled || work.isStuck();
        }

        @Override
        CompletableFuture<WaitResult> future() {
            return result;
        }
    }

    /** Waits until all has been attempted. */
    static final class ForAttempts extends Wait {
        private final CompletableFuture<ReconciledUpTo> result = new CompletableFuture<>();

        ForAttempts(long revision) {
            super(revision);
        }

        @Override
        boolean satisfiedBy(Work<?> work) {
            return work.attempted;
        }

        @Override
        CompletableFuture<ReconciledUpTo> future() {
            return result;
        }
    }
}
