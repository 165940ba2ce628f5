package dev.homeostat.reconciler;

import java.time.Duration;

/** A length of time as people say it: its two largest units. */
final class Span {
    private static final long MINUTE = 60;
    private static final long HOUR = 60 * MINUTE;
    private static final long DAY = 24 * HOUR;

    private Span() {}

    /** Such as {@code 3m}, {@code 1h5m}, {@code 12s} or {@code 250ms}. */
    static String text(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 1) {
            return Math.max(0, length.toMillis()) + "ms";
        }
        if (seconds < MINUTE) {
            return seconds + "s";
        }
        if (seconds < HOUR) {
            return two(seconds, MINUTE, "m", 1, "s");
        }
        return seconds < DAY ? two(seconds, HOUR, "h", MINUTE, "m") : two(seconds, DAY, "d", HOUR, "h");
    }

    private static String two(long seconds, long large, String largeName, long small, String smallName) {
        long rest = seconds % large / small;
        return seconds / large + largeName + (rest == 0 ? "" : rest + smallName);
    }
}
