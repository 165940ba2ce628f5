package dev.homeostat.statedb.engine;

/** How far one change iterator has come. Apart from the iterator, so that the table does not keep an iterator alive that everybody else forgot. */
final class ChangeTracker {
    private final long start;
    private volatile long position;

    /** An iterator that was registered when the table had that revision. */
    ChangeTracker(long start) {
        this.start = start;
    }

    /** The table's revision at the registration: deletes up to there are not for this iterator. */
    long start() {
        return start;
    }

    /** The revision up to which all was consumed. */
    long position() {
        return position;
    }

    void advance(long revision) {
        position = revision;
    }

    /** The revision up to which no delete needs to be kept for this iterator. */
    long needless() {
        return Math.max(start, position);
    }
}
