package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.Rows;

/**
 * Moves one target system toward the desired state. Written by plugin authors; called by the reconciler, on virtual threads, at most one operation a key at
 * a time, so it may block. All operations must be idempotent: any of them may run again after it succeeded.
 *
 * <p>What an operation throws counts as {@link Outcome#retry(String)} with the exception's type and message. An operation whose deadline passes is interrupted;
 * one that goes on regardless is abandoned, and its key waits until it ends.
 *
 * @param <T> the type of the rows
 */
public interface Operations<T> {
    /** Makes the target as the row desires it, whatever the target is now. */
    Outcome update(OperationContext context, T row) throws Exception;

    /** Removes from the target what the row, which is not desired any more, stood for. Removing what is not there is success. */
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
     * table was initialized. Throwing drops all that was registered.
     */
    default void prune(PruneContext context, Rows<T> desired) throws Exception {}
}
