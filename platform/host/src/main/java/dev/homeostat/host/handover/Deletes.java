package dev.homeostat.host.handover;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.ReadTxn;
import java.util.ArrayList;
import java.util.List;

/** What is deleted from a table while no reconciler follows it, which each that starts there is to delete at its target. Safe for all threads. */
final class Deletes<T> implements AutoCloseable {
    private final ChangeIterator<T> since;
    private final List<Change.Delete<T>> deletes = new ArrayList<>();

    /** @param since from before the time in which nobody follows */
    Deletes(ChangeIterator<T> since) {
        this.since = since;
    }

    /** All up to that snapshot. */
    synchronized List<Change.Delete<T>> asOf(ReadTxn txn) {
        for (Change<T> change : since.next(txn)) {
            if (change instanceof Change.Delete<T> delete) {
                deletes.add(delete);
            }
        }
        return List.copyOf(deletes);
    }

    @Override
    public synchronized void close() {
        since.close();
    }
}
