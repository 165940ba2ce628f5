package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Status;
import org.jspecify.annotations.Nullable;

/** A running reconciler as the others see it. Safe for all threads; blocks nobody. */
interface Peer {
    /** Its own name. */
    String name();

    /** The name of its table. */
    String table();

    /** What it has to say about the row of that key, or about its undone delete, in that snapshot; null when there is neither. */
    @Nullable
    Status status(ReadTxn txn, Key key);

    /** The generation of a row of its table. */
    long generation(Row<?> row);

    /** Closes when what it says of the key may have changed since that snapshot, without a change of the row; null where that never happens. */
    @Nullable
    Watch watch(ReadTxn txn, Key key);

    /** A reconciler of that table came or went. */
    void peersChanged(String table);
}
