package dev.homeostat.reconciler;

import java.util.concurrent.CompletableFuture;

/** How far a stop has come. Changed by the owner of the event loop; whether it has begun may be asked by anybody. */
final class Stopping {
    private static final String BY_REQUEST = "it was stopped";

    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile boolean over;
    private volatile String reason = BY_REQUEST;
    private long begunNanos;
    private boolean interrupted;
    private boolean told;

    /** Says whether this is the first time. */
    boolean begin(long now) {
        boolean first = !begun;
        if (first) {
            begun = true;
            begunNanos = now;
        }
        return first;
    }

    void because(String why) {
        reason = why;
    }

    void end() {
        over = true;
    }

    /** Says whether the operations have yet to be interrupted. */
    boolean interruptOnce() {
        boolean first = !interrupted;
        interrupted = true;
        return first;
    }

    /** Says whether those who wait for its end have yet to be told. */
    boolean tellOnce() {
        boolean first = !told;
        told = true;
        return first;
    }

    boolean isTold() {
        return told;
    }

    boolean hasBegun() {
        return begun;
    }

    boolean isOver() {
        return over;
    }

    /** What happened, after the name of the reconciler. */
    String why() {
        return reason.equals(BY_REQUEST) ? "was stopped" : "stopped, since " + reason;
    }

    String reason() {
        return reason;
    }

    long begunNanos() {
        return begunNanos;
    }

    CompletableFuture<Void> stopped() {
        return stopped;
    }
}
