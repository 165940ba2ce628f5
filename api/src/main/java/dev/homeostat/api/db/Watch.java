package dev.homeostat.api.db;

import java.time.Duration;
import java.util.concurrent.CompletionStage;

/**
 * A one-shot token that closes when the part of a table that a query looked at changed. It closes after the new state is visible to
 * {@link Database#readTxn()}, and stays closed. Holding one keeps no old state in memory. Safe for all threads.
 */
public interface Watch {
    /** Whether it has closed. */
    boolean isClosed();

    /** Waits until it closes. Costs nothing while nothing changes; meant for virtual threads. */
    void await() throws InterruptedException;

    /** Waits until it closes or the time is over; says whether it closed. A wait that timed out leaves nothing behind. */
    boolean await(Duration timeout) throws InterruptedException;

    /**
     * Calls the listener once after it closed. It runs on the thread that commits, aborts or removes the table, which still holds the locks of its tables; on the
     * caller's own thread when the watch is closed already. So it must be short, must open no write transaction (which is
     * refused while others wait for this one's tables), and must not throw; what it throws is logged and reaches nobody else.
     *
     * @return the listener's place; closing it takes the listener out and leaves nothing behind
     */
    Registration onClose(Runnable listener);

    /**
     * A stage that completes when it closes. It leaves the watch when it is completed in another way, by {@code toCompletableFuture().orTimeout(…)} or {@code
     * cancel}; until then it stays. What follows it without {@code Async} runs where a listener would: see {@link #onClose}.
     */
    CompletionStage<Void> closed();

    /** A listener's place in a watch. */
    interface Registration extends AutoCloseable {
        /** Removes the listener, unless it was called already. */
        @Override
        void close();
    }
}
