package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.ReadTxn;
import java.time.Instant;

/** What a batch may want to know of itself. Valid during the call; safe for all threads. */
public interface BatchContext {
    /** A snapshot that holds the rows of all entries as they were given to the batch. */
    ReadTxn txn();

    /** When the batch will be cancelled; one for all of its entries. By the clock of the reconciler. */
    Instant deadline();

    /** Whether it should give up: its deadline passed, or the reconciler stops. The thread is interrupted too. */
    boolean isCancelled();
}
