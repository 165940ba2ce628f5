package dev.homeostat.reconciler;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** Durations as nanoseconds, bounded so that adding them to a clock never overflows. */
final class Nanos {
    private static final Duration LONGEST = Duration.ofDays(365 * 100);

    private static final long SECOND = 1_000_000_000;

    private Nanos() {}

    /** The instant in nanoseconds since 1970. */
    static long sinceEpoch(Instant instant) {
        return instant.getEpochSecond() * SECOND + instant.getNano();
    }

    static Instant instant(long sinceEpoch) {
        return Instant.ofEpochSecond(Math.floorDiv(sinceEpoch, SECOND), Math.floorMod(sinceEpoch, SECOND));
    }

    /** A time as people read it: to the millisecond. */
    static Instant shown(Instant instant) {
        return instant.truncatedTo(ChronoUnit.MILLIS);
    }

    static long of(Duration duration) {
        return duration.compareTo(LONGEST) > 0 ? LONGEST.toNanos() : duration.toNanos();
    }

    /** The time between two of that rate; at least one nanosecond, at most a hundred years. */
    static long between(double perSecond) {
        double nanos = 1e9 / perSecond;
        return nanos >= LONGEST.toNanos() ? LONGEST.toNanos() : Math.max(1, Math.round(nanos));
    }
}
