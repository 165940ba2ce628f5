package dev.homeostat.reconciler;

/** A token bucket that holds what ten milliseconds of its rate give, at least one token; full at first. */
final class RateLimit {
    private static final double WINDOW_SECONDS = 0.01;

    private double perSecond;
    private double tokens;
    private long filledAt;
    private boolean begun;

    RateLimit(double perSecond) {
        this.perSecond = perSecond;
    }

    void rate(double newPerSecond) {
        perSecond = newPerSecond;
    }

    boolean hasToken(long now) {
        fill(now);
        return tokens >= 1;
    }

    void take() {
        tokens -= 1;
    }

    /** When there will be a token. */
    long nextTokenNanos(long now) {
        fill(now);
        return tokens >= 1 ? now : now + Math.max(1, (long) Math.ceil((1 - tokens) * Nanos.between(perSecond)));
    }

    private void fill(long now) {
        double most = Math.max(1, perSecond * WINDOW_SECONDS);
        tokens = begun ? Math.min(most, tokens + (now - filledAt) * perSecond / 1e9) : most;
        begun = true;
        filledAt = now;
    }
}
