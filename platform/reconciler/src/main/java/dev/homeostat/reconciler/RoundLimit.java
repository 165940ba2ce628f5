package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;

/** Lets at most {@code round-size} operations start in each round, and rounds begin at most {@code round-rate} times a second. */
final class RoundLimit {
    private long left;
    private long nextRound;
    private boolean begun;

    /** Whether an operation may start now. */
    boolean allows(Options options, long now) {
        if (!begun || nextRound - now <= 0) {
            begun = true;
            left = options.roundSize();
            nextRound = now + Nanos.between(options.roundRate());
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
