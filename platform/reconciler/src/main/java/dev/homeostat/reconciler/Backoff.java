package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import java.util.random.RandomGenerator;

/**
 * How long to wait before the next attempt: exponential backoff with full jitter above the minimum.
 *
 * <p>After the n-th failure in a row the delay is drawn evenly from the minimum up to the smaller of the maximum and the minimum times two to the power
 * n - 1. So the first delay is exactly the minimum, and rows that failed together do not come back together. After M. Brooker, "Exponential Backoff And
 * Jitter" (AWS Architecture Blog, 2015), with a lower bound.
 */
final class Backoff {
    private final RandomGenerator random;

    Backoff(RandomGenerator random) {
        this.random = random;
    }

    /** The delay in nanoseconds after that many failures in a row, at least 1. */
    long delayNanos(Options options, int failures) {
        long min = Nanos.of(options.retryMin());
        long ceiling = ceilingNanos(min, Nanos.of(options.retryMax()), failures);
        return ceiling <= min ? min : random.nextLong(min, ceiling + 1);
    }

    private static long ceilingNanos(long min, long max, int failures) {
        int doublings = Math.max(0, failures - 1);
        return doublings >= Long.numberOfLeadingZeros(min) - 1 ? max : Math.min(max, min << doublings);
    }
}
