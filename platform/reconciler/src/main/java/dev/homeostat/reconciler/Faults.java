package dev.homeostat.reconciler;

import java.time.Duration;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What broke in the reconciler itself, which is a bug. Health tells of the latest fault until both {@link #GOOD_TURNS} turns and {@link #GOOD_NANOS} have gone
 * well since: turns alone would forget it within a moment of load, time alone while nothing happens that could show it again. The log has each once, and how often it came again.
 *
 * <p>Touched by the owner of the event loop only, under its lock.
 */
final class Faults {
    private static final int GOOD_TURNS = 1000;
    private static final long GOOD_NANOS = Duration.ofMinutes(10).toNanos();

    private @Nullable String problem;
    private int goodTurns;
    private long latestNanos;

    /** The latest fault, or null when there was none for long. */
    @Nullable
    String problem() {
        return problem;
    }

    void happened(Throwable fault, Instant at, long now) {
        problem = "internal error at " + at + ", please report it: " + Reason.of(fault);
        goodTurns = 0;
        latestNanos = now;
    }

    /** A turn is about to end, and nothing broke when it decided. */
    void turnWentWell(long now, Wakeup wakeup) {
        if (problem == null || ++goodTurns < GOOD_TURNS) {
            return;
        }
        if (now - latestNanos >= GOOD_NANOS) {
            problem = null;
        } else {
            wakeup.at(latestNanos + GOOD_NANOS);
        }
    }
}
