package dev.homeostat.stress.races;

import java.time.Duration;

/**
 * How long an actor waits for what must come soon: by default so long that a busy machine fails nothing. Once it was in vain the race is lost, and whoever
 * waits after that gives up soon.
 */
public final class Patience {
    private static volatile Duration given = Duration.parse(System.getProperty("stress.patience", "PT10S"));

    private final Duration time = given;
    private final long limit = time.toNanos();
    private final long start = System.nanoTime();

    /** It begins now. */
    public Patience() {}

    /** The whole of it. */
    Duration time() {
        return time;
    }

    /** Whether the time has run out since this was made. */
    public boolean isOver() {
        boolean over = System.nanoTime() - start >= limit;
        if (over) {
            given = Duration.ofMillis(1);
        }
        return over;
    }
}
