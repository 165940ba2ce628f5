package dev.homeostat.plugin.manifests;

import java.time.Duration;

/** Announces that something may have changed. May miss changes, and may announce none. */
interface Hints {
    /** Begins to listen, unless it listens already; what changes from now on is announced. */
    void listen();

    /** Waits until something may have changed, at most that long. */
    void await(Duration timeout) throws InterruptedException;
}
