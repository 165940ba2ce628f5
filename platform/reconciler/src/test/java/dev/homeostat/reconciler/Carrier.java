package dev.homeostat.reconciler;

/**
 * A row that carries the statuses of its reconcilers, in whatever way.
 *
 * @param <T> its type
 */
interface Carrier<T> {
    String name();

    String text();

    /** The row with that fact, which only one row may have. */
    T withLearned(String fact);

    T withName(String another);

    /** The row with statuses that nobody ever set, as far as such rows can be. */
    T withoutStatuses();
}
