package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import java.util.function.Predicate;

/** Where a prune registers what it would remove. The reconciler runs the removals afterwards, unless its guard holds them. */
public interface PruneContext extends OperationContext {
    /**
     * Registers something that would belong to the row with that key, if there were one. It is removed only while the newest snapshot has no such row, and
     * never while an operation on that key runs.
     *
     * @param name what is removed, as a person knows it: in the list of a prune that is held, in plans, reports and logs
     * @param rowKey the primary key of that row, encoded as the table's primary index does it
     * @throws IllegalStateException if the prune has returned
     */
    void remove(String name, Key rowKey, Removal action);

    /**
     * Registers something that belongs to no row key. It is removed only while the test, on the newest snapshot, says that it is still undesired, and
     * while no other operation of this reconciler runs. Where there is a key, give it: this way everything else waits.
     *
     * @throws IllegalStateException if the prune has returned
     */
    void remove(String name, Predicate<ReadTxn> stillUndesired, Removal action);

    /** Removes one thing from the target; removing what is not there is success. */
    @FunctionalInterface
    interface Removal {
        /** Removes it; throws when that failed. Runs as other operations do: on a thread that may block, under a deadline, and perhaps again. */
        void run(OperationContext context) throws Exception;
    }
}
