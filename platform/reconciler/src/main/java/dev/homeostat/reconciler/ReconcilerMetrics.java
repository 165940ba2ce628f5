package dev.homeostat.reconciler;

import java.time.Duration;

/**
 * Hears what reconcilers do, as it happens; the runtime knows no metrics library. Called on the reconciler's own threads, one call at a time for each
 * reconciler: be quick. What it throws is logged once and harms nothing.
 */
public interface ReconcilerMetrics {
    /** Listens to nothing. */
    ReconcilerMetrics NONE = new ReconcilerMetrics() {};

    /** How a prune ended. */
    enum PruneResult {
        /** It removed all that it found, which may be nothing. */
        DONE,
        /** The guard holds it. */
        HELD,
        /** The mode is PLAN: it says what it would remove. */
        PLANNED,
        /** It threw, passed its deadline, or a removal failed. */
        FAILED
    }

    /**
     * An operation on one row, or one removal of a prune, ended or was abandoned at its deadline.
     *
     * @param reconciler the full name, {@code table/name}
     * @param failed whether the target is not as desired after it
     */
    default void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {}

    /** A prune ended, its removals included; {@code took} counts from the beginning of the search. */
    default void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {}

    /** The number of rows and deletes whose last attempt failed is now this. */
    default void failing(String reconciler, long objects) {}

    /**
     * A row, or the delete of one, failed for good: it is not attempted again by itself.
     *
     * @param key as text
     * @param error what the last attempt came to, and why there is no other where attempts were given up
     * @param attempts how many there were at this generation
     */
    default void failedForGood(String reconciler, OperationKind kind, String key, String error, int attempts) {}
}
