package dev.homeostat.reconciler;

/** Something that waits for its time in at most one {@link DueQueue}. */
abstract class Due {
    /** The time, on the scheduler's monotonic clock. */
    long dueNanos;

    /** The place in the queue, or -1. */
    int queueIndex = -1;

    final boolean isQueued() {
        return queueIndex >= 0;
    }
}
