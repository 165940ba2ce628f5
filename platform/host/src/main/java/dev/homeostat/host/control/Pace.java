package dev.homeostat.host.control;

import java.time.Duration;

/**
 * How fast things may come one after the other: at most one in an interval on the average, and some at once. Whoever comes too early is told how long to wait,
 * in turn. Safe for all threads. The generic cell rate algorithm (ITU-T I.371).
 */
final class Pace {
    private final long interval;
    private final long tolerance;
    private boolean begun; // guarded by this
    private long next; // guarded by this

    /** @param atOnce how many may come at once after a rest */
    Pace(Duration interval, int atOnce) {
        this.interval = interval.toNanos();
        this.tolerance = this.interval * atOnce;
    }

    /**
     * One comes.
     *
     * @param now in nanoseconds of a clock that never goes back
     * @return how long it has to wait; zero when it need not
     */
    synchronized Duration comes(long now) {
        if (!begun || next - now < 0) {
            begun = true;
            next = now;
        }
        long wait = next - now - tolerance;
        next += interval;
        return wait <= 0 ? Duration.ZERO : Duration.ofNanos(wait);
    }
}
