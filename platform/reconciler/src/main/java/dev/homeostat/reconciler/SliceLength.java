package dev.homeostat.reconciler;

/**
 * How many operations one thread is given at a time: as many as the past ones say end well within a millisecond, so that nothing waits long behind them. One
 * at first, and one again as soon as they are slow; then at most twice as many each time.
 */
final class SliceLength {
    /** The largest length: what bounds the time that a turn takes to settle them. */
    static final int MOST = 256;

    private static final long AIM = 250_000;

    private int length = 1;

    int get() {
        return length;
    }

    /** So many operations, one after the other, took so long. */
    void took(int operations, long nanos) {
        if (operations == 0) {
            return;
        }
        long fits = nanos <= 0 ? MOST : Math.clamp(operations * AIM / nanos, 1, MOST);
        if (fits < length) {
            length = (int) fits;
        } else if (operations >= length) {
            length = (int) Math.min(fits, 2L * length);
        }
    }
}
