package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.ReadTxn;
import java.time.Instant;
import java.util.Map;

/** What an operation may want to know of its own attempt. Valid during the operation; safe for all threads. */
public interface OperationContext {
    /** A snapshot that holds the row as it was given to the operation. */
    ReadTxn txn();

    /** The number of the desired state: a change of what is desired makes it larger, a status never does. Of a prune, the revision of the table that it goes by. */
    long generation();

    /** The number of this attempt at this generation, from 1. */
    int attempt();

    /** Why it runs. */
    Cause cause();

    /** When it will be cancelled, by the clock of the reconciler; under a virtual clock that is not the system's. */
    Instant deadline();

    /** Whether it should give up: its deadline passed, or the reconciler stops. The thread is interrupted too. */
    boolean isCancelled();

    /**
     * What earlier attempts at this key learned, failed and superseded ones included, and this one up to now; ends with the key's successful delete. It says what was
     * so then, at whatever generation: no proof of what the target is like now. A restart of the process loses it. Unmodifiable; empty for a prune.
     */
    Map<String, String> facts();

    /**
     * Remembers a small fact about this key, in place of an earlier one of that name, also when this attempt goes on to fail.
     *
     * @throws IllegalStateException in a prune, which has no key
     */
    void learn(String name, String fact);
}
