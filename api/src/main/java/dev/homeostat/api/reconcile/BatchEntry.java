package dev.homeostat.api.reconcile;

/**
 * One row of a batch, with what a single operation would know of its attempt. Valid during the call; safe for all threads.
 *
 * @param <T> the type of the rows
 */
public interface BatchEntry<T> extends OperationContext {
    /** The row; of a delete its last state. */
    T row();

    /**
     * Says what came of this entry; once, before the call ends. An entry that gets none has failed. What the result says takes effect when the call has ended or was
     * given up.
     *
     * @throws IllegalStateException if it has a result, if the batch is over or was given up at its deadline, or if the operation is no batch
     */
    void result(Outcome outcome);
}
