package dev.homeostat.api.schedule;

import dev.homeostat.api.stability.ConsumerType;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.Executor;

/**
 * A clock, a timer and an executor that belong together. The host's runs on real time and virtual threads, the testkit's on virtual time and one thread.
 *
 * <p>Safe for all threads.
 */
@ConsumerType
public interface Scheduler extends InstantSource, Executor {
    /** The wall clock's time: for people. */
    @Override
    Instant instant();

    /** A time that only goes forward, in nanoseconds from an arbitrary origin: for intervals. */
    long nanoTime();

    /** Runs the task soon, on a thread of its own: it may block. */
    @Override
    void execute(Runnable task);

    /**
     * Runs the task once, on a thread of its own, when the delay is over; at once when it is zero or negative.
     *
     * @return cancels the task unless it has begun
     */
    Timer schedule(Duration delay, Runnable task);

    /** A task that waits for its time. */
    interface Timer {
        /** Cancels the task unless it has begun; says whether it did. */
        boolean cancel();
    }
}
