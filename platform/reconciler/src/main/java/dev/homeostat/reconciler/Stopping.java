package dev.homeostat.reconciler;

import java.util.concurrent.CompletableFuture;

/** How far a stop has come. Changed by the owner of the event loop; whether it has begun may be asked by anybody. */
final class Stopping {
    private final CompletableFuture<Void> stopped = new CompletableFuture<>();
    private volatile boolean begun;
    private volatile boolean over;
    private volatile String reason = "it was stopped";
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
