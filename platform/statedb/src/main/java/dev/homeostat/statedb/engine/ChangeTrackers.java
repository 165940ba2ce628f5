package dev.homeostat.statedb.engine;

import java.util.Arrays;

/** The change iterators of one table. The array is replaced as a whole, under the lock of the root, and read without a lock. */
final class ChangeTrackers {
    private static final ChangeTracker[] NONE = {};

    private volatile ChangeTracker[] trackers = NONE;

    /** The number of iterators as of now. */
    int count() {
        return trackers.length;
    }

    /** Called under the lock of the root. */
    void add(ChangeTracker tracker) {
        ChangeTracker[] more = Arrays.copyOf(trackers, trackers.length + 1);
        more[trackers.length] = tracker;
        trackers = more;
    }

    /** Called under the lock of the root. */
    void remove(ChangeTracker tracker) {
        trackers = Arrays.stream(trackers).filter(other -> other != tracker).toArray(ChangeTracker[]::new);
    }

    /** Whether there is one. */
    boolean any() {
        return trackers.length > 0;
    }

    /** The revision up to which every one has seen all; {@link Long#MAX_VALUE} where there is none. */
    long lowWatermark() {
        long lowest = Long.MAX_VALUE;
        for (ChangeTracker tracker : trackers) {
            lowest = Math.min(lowest, tracker.needless());
        }
        return lowest;
    }
}
