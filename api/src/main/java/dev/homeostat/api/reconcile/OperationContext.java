package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.ReadTxn;
import java.time.Instant;
import java.util.Map;

/** What an operation may want to know of its own attempt. Valid during the operation; safe for all threads. */
public interface OperationContext {
    /** A snapshot that holds the row as it was given to the operation. */
    ReadTxn txn();

    /** The number of the desired state: a change of what is desired makes it larger, a status never does. */
    long generation();

    /** The number of this attempt at this generation, from 1. */
    int attempt();

    /** Why it runs. */
    Cause cause();

    /** When it will be cancelled. */
    Instant deadline();

    /** Whether it should give up: its deadline passed, or the reconciler stops. The thread is interrupted too. */
    boolean isCancelled();

    /** What earlier attempts at this key learned, failed and superseded ones included; ends with the key's successful delete. */
    Map<String, String> facts();

    /** Remembers a small fact about this key, also when this attempt goes on to fail. */
    void learn(String name, String fact);
}
