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
     * Calls the listener once after it closed, at once when it is closed already. The listener runs on the thread that commits: it must be short and must
     * not throw; what it throws is logged and reaches nobody else.
     *
     * @return ends the registration and leaves nothing behind
     */
    Registration onClose(Runnable listener);

    /** A stage that completes when it closes. */
    CompletionStage<Void> closed();

    /** A listener's place in a watch. */
    interface Registration extends AutoCloseable {
        /** Removes the listener, unless it was called already. */
        @Override
        void close();
    }
}
