package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import java.time.Duration;

/**
 * Lets at most {@code round-size} operations start in each round, and rounds begin at most {@code round-rate} times a second.
 *
 * <p>Timers go off late, and the garbage collector pauses the process, so rounds begin late. That the rate holds nevertheless, a round that follows one that was full
 * is timed from when it could have begun, at most {@link #MADE_UP} ago: the rounds of that time may follow one another at once. It is a token bucket that holds
 * a tenth of a second: what starts within any second is at most a tenth, or one round, more than the rate gives.
 */
final class RoundLimit {
    private static final long MADE_UP = Duration.ofMillis(100).toNanos();

    private long left;
    private long nextRound;
    private boolean begun;

    /** Whether an operation may start now. */
    boolean allows(Options options, long now) {
        if (!begun || nextRound - now <= (left <= 0 ? 0 : -MADE_UP)) {
            long begins = begun && left <= 0 ? Math.max(nextRound, now - MADE_UP) : now;
            begun = true;
            left = options.roundSize();
            nextRound = begins + Nanos.between(options.roundRate());
        }
        return left > 0;
    }

    void take() {
        left--;
    }

    /** So many of the operations that were counted in that round did not start. */
    void giveBack(int operations, long round) {
        if (round == nextRound) {
            left += operations;
        }
    }

    /** When the next round may begin; also the name of the present one. */
    long nextRoundNanos() {
        return nextRound;
    }

    /** Lets the next operation begin a new round, whose size and length are those of the options then in force. */
    void renew() {
        begun = false;
    }
}
