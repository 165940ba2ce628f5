package dev.homeostat.api.reconcile;

/** What started an operation. */
public enum Cause {
    /** The row was inserted, changed or deleted, or was found not yet reconciled at the start. */
    CHANGE,
    /** An earlier attempt failed. */
    RETRY,
    /** The row was done, and its refresh interval is over: check and repair. */
    REFRESH,
    /** A prune that was due, and the removals of any prune. */
    PRUNE,
    /** Somebody asked for it. */
    MANUAL
}
