package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.ReconciledUpTo;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Somebody who waits for the changes up to a revision. Its counters are touched by the owner of the event loop only. */
abstract sealed class Wait {
    /** The highest revision that it waits for. */
    final long revision;

    /** How many works it waits for, as far as they are known. */
    long open;

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

    /** Waits until all is settled. */
    static final class ForReconciliation extends Wait {
        final CompletableFuture<WaitResult> result = new CompletableFuture<>();

        ForReconciliation(long revision) {
            super(revision);
        }

        @Override
        boolean satisfiedBy(Work<?> work) {
            return work.settled;
        }

        static WaitResult givenUp(String reason) {
            return new WaitResult(false, List.of(), reason);
        }
    }

    /** Waits until all has been attempted. */
    static final class ForAttempts extends Wait {
        final CompletableFuture<ReconciledUpTo> result = new CompletableFuture<>();

        ForAttempts(long revision) {
            super(revision);
        }

        @Override
        boolean satisfiedBy(Work<?> work) {
            return work.attempted;
        }
    }
}
