package dev.homeostat.api.reconcile;

/** How much a reconciler may do. */
public enum Mode {
    /** Moves the target toward the table. */
    APPLY,
    /**
     * Changes nothing in the target, and says what it would do, in a table ({@link Reconciler#plan}). It may look at the target
     * ({@link Operations#observe}, {@link Operations#prune}). All that is planned is done when the mode becomes {@link #APPLY}.
     */
    PLAN,
    /** Starts nothing; what waits goes on waiting, retries included, and nothing is lost. */
    PAUSED
}
