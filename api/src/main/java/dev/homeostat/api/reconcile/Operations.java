package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.stability.ConsumerType;

/**
 * Moves one target system toward the desired state. Written by plugin authors; called by the reconciler, on virtual threads, at most one operation a key at
 * a time, so it may block. With a {@linkplain Options#concurrency concurrency} above 1 operations on different keys run at the same time: what they share must be safe
 * for that. All operations must be idempotent: any of them may run again after it succeeded, in another process too, where nothing is left of what this object kept
 * in memory.
 *
 * <p>What an operation throws, be it an {@link Error}, counts as {@link Outcome#retry(String)} with the exception's type and message, and so does null for an
 * outcome. An operation whose deadline passes is interrupted; one that goes on regardless is abandoned, and its key waits until it ends. Let an
 * {@link InterruptedException} end it.
 *
 * @param <T> the type of the rows
 */
@ConsumerType
public interface Operations<T> {
    /**
     * Makes the target as the row desires it, whatever the target is now. That it was done before is no reason to do nothing: a {@linkplain Cause#REFRESH refresh} is
     * there to repair.
     *
     * @param row the row as it was when this attempt was started; it may have changed since, and then the outcome is superseded and the newer row comes next
     */
    Outcome update(OperationContext context, T row) throws Exception;

    /**
     * Removes from the target what the row, which is not desired any more, stood for. Removing what is not there is success.
     *
     * @param row its last state, whether or not that was ever brought about
     */
    Outcome delete(OperationContext context, T row) throws Exception;

    /**
     * Says whether the target is as the row desires it, and changes nothing. Asked for in mode {@link Mode#PLAN}, and where somebody wants to know of drift.
     * Obeys deadlines and cancellation as the others do; what it learns is not remembered. Throwing means that nobody knows.
     */
    default Observation observe(OperationContext context, T row) throws Exception {
        return Observation.unsupported();
    }

    /**
     * Finds what is in the target and not desired, and registers each with {@link PruneContext#remove}; removes nothing itself. Called only after the
     * table was initialized. Throwing drops all that was registered, and the prune has failed. By default it registers nothing.
     *
     * @param desired the rows as of {@code context.txn()}; others may be there by the time a removal runs, which the reconciler looks at
     */
    default void prune(PruneContext context, Rows<T> desired) throws Exception {}
}
