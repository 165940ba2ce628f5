package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import org.jspecify.annotations.Nullable;

/**
 * The snapshot that a turn decides on: what starts together was wanted at one moment, and no change of a key overtakes an earlier one that starts in the same
 * turn. Touched by the owner of the event loop only.
 */
final class TurnSnapshot {
    private final Database database;
    private @Nullable ReadTxn txn;
    private boolean looked;

    TurnSnapshot(Database database) {
        this.database = database;
    }

    /** From now on it is one that is newer than whatever was seen before. */
    void renew() {
        txn = null;
        looked = false;
    }

    ReadTxn txn() {
        ReadTxn known = txn;
        if (known == null) {
            known = database.readTxn();
            txn = known;
        }
        return known;
    }

    /** The snapshot, for who looks through its changes; null when somebody has. */
    @Nullable
    ReadTxn toLookThrough() {
        if (looked) {
            return null;
        }
        looked = true;
        return txn();
    }
}
