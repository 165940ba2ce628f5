package dev.homeostat.cli.screen;

import java.time.Duration;
import java.time.Instant;

/** Says how long ago, or in what time, by the host's clock. */
public record Ages(Instant now) {
    /** {@code 3s ago}, {@code just now}; empty for {@link Instant#EPOCH}, which stands for no time. */
    public String ago(Instant then) {
        if (then.equals(Instant.EPOCH)) {
            return "";
        }
        Duration age = Duration.between(then, now);
        return age.compareTo(Duration.ofSeconds(1)) < 0 ? "just now" : length(age) + " ago";
    }

    /** How long it has been: {@code 2m 5s}. */
    public String length(Instant since) {
        return length(Duration.between(since, now));
    }

    /** {@code in 4s}, {@code now}. */
    public String until(Instant then) {
        Duration left = Duration.between(now, then);
        return left.isNegative() || left.isZero() ? "now" : "in " + length(left);
    }

    /** {@code 250ms}, {@code 4s}, {@code 2m 5s}, {@code 3h 10m}, {@code 2d 4h}: two units at most. */
    public static String length(Duration length) {
        long seconds = length.toSeconds();
        if (seconds < 1) {
            return length.toMillis() + "ms";
        }
        if (seconds < 60) {
            return seconds + "s";
        }
        if (seconds < 3600) {
            return two(seconds / 60, "m", seconds % 60, "s");
        }
        if (seconds < 86_400) {
            return two(seconds / 3600, "h", seconds % 3600 / 60, "m");
        }
        return two(seconds / 86_400, "d", seconds % 86_400 / 3600, "h");
    }

    private static String two(long big, String bigUnit, long small, String smallUnit) {
        return big + bigUnit + (small == 0 ? "" : " " + small + smallUnit);
    }
}
