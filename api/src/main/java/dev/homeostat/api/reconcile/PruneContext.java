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
     * @param name what is removed, as a person knows it
     */
    void remove(String name, Key rowKey, Removal action);

    /**
     * Registers something that belongs to no row key. It is removed only while the test, on the newest snapshot, says that it is still undesired, and
     * while no other operation of this reconciler runs.
     */
    void remove(String name, Predicate<ReadTxn> stillUndesired, Removal action);

    /** Removes one thing from the target; removing what is not there is success. */
    @FunctionalInterface
    interface Removal {
        /** Removes it; throws when that failed. */
        void run(OperationContext context) throws Exception;
    }
}
