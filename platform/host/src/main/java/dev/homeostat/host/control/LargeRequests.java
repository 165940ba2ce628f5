package dev.homeostat.host.control;

import java.util.concurrent.Semaphore;

/** The few places that there are for requests which take much memory. Safe for all threads. */
final class LargeRequests {
    /** Up to that many bytes, a request needs no place. */
    static final int SMALL = 64 * 1024;

    private static final int MOST = 4;

    private final Semaphore places = new Semaphore(MOST);

    boolean take() {
        return places.tryAcquire();
    }

    void giveBack() {
        places.release();
    }
}
