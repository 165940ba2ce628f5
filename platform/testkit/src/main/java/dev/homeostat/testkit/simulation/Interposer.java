package dev.homeostat.testkit.simulation;

/** Gets a chance whenever the reconciler asks the database for something: what others do may happen right there. */
interface Interposer {
    /** The reconciler wants a snapshot. */
    void beforeRead();

    /** The reconciler is about to commit statuses; may throw, and then they are not committed. */
    void beforeWrite();
}
