package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import org.jspecify.annotations.Nullable;

/** Knows of what is desired though no row of the table says so, and keeps prunes from removing it. Safe for all threads. */
@FunctionalInterface
public interface PruneHold {
    /** Rows say all that is desired. */
    PruneHold NONE = (table, txn) -> null;

    /**
     * Why a prune that found something to remove is to be held; null when it is not. Called between two turns of a reconciler, so it must return at once.
     *
     * @param txn the snapshot in which the prune is judged
     */
    @Nullable
    String reason(Table<?> table, ReadTxn txn);
}
