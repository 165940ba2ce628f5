package dev.homeostat.api.reconcile;

/** How far a row is on its way into the target. */
public enum StatusKind {
    /** What is desired has not been attempted yet. */
    PENDING,
    /** It was done, and is about to be checked again. */
    REFRESHING,
    /** The target is as desired. */
    DONE,
    /** The last attempt failed. */
    ERROR
}
