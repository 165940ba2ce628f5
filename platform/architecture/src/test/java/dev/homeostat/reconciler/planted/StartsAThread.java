package dev.homeostat.reconciler.planted;

/** Planted: the reconciler starts a thread of its own. */
public final class StartsAThread {
    void start() {
        Thread.ofVirtual().start(() -> {});
    }
}
