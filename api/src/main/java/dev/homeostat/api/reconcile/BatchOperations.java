package dev.homeostat.api.reconcile;

import dev.homeostat.api.stability.ConsumerType;
import java.util.List;

/**
 * Operations on many rows at a time, for targets where one call for a thousand objects costs little more than one for a single object. The reconciler hands
 * over whatever is due, changes, retries and refreshes together: at most {@code round-size} rows a batch, at most {@code concurrency} batches at a time, no key
 * in two of them, deletes before updates.
 *
 * <p>Each entry takes its own result, from any thread, as long as the call runs. One that is left without has failed and is tried again; when the call throws, the entries that have a result keep it,
 * and the others have failed for that reason. The deadline is one for the whole call.
 *
 * @param <T> the type of the rows
 */
@ConsumerType
public interface BatchOperations<T> extends Operations<T> {
    /**
     * Makes the target as the rows desire it; {@link Operations#update} for many.
     *
     * @param entries at least one, of different keys; unmodifiable, and valid during the call. Which of them are in one batch has no meaning
     */
    void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception;

    /**
     * Removes from the target what these rows, which are not desired any more, stood for; {@link Operations#delete} for many.
     *
     * @param entries as with {@link #updateAll}
     */
    void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception;

    /**
     * Whether, after a call threw that, its halves are to be tried by themselves at once, and theirs, until it is known which entries are to blame: with a
     * single culprit that takes at most two calls for each halving. When both halves fail as a whole it ends: then it is the target that is down.
     */
    default boolean bisect(Throwable failure) {
        return false;
    }

    /** A batch of one. */
    @Override
    default Outcome update(OperationContext context, T row) throws Exception {
        BatchOfOne<T> one = new BatchOfOne<>(context, row);
        updateAll(one, List.of(one));
        return one.outcome();
    }

    /** A batch of one. */
    @Override
    default Outcome delete(OperationContext context, T row) throws Exception {
        BatchOfOne<T> one = new BatchOfOne<>(context, row);
        deleteAll(one, List.of(one));
        return one.outcome();
    }
}
