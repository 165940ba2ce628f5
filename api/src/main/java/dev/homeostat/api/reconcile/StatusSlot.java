package dev.homeostat.api.reconcile;

import dev.homeostat.api.db.Index;
import org.jspecify.annotations.Nullable;

/**
 * The place in a row where one reconciler keeps its status: a field of its own, or a name in a {@link StatusSet}. Made by {@link StatusesInRow}; usually
 * reached by way of a constant, as an index is. Safe for all threads.
 *
 * @param <T> the type of the rows
 */
public sealed interface StatusSlot<T> permits FieldSlot, SetSlot {
    /** Its name: that of the field, or the name in the set. */
    String name();

    /** All places of the row that it is one of. */
    StatusesInRow<T> statuses();

    /** The status that the row carries there, or null when it was never set, which counts as {@link Status#pending()}. */
    @Nullable
    Status get(T row);

    /** The same row with that status. */
    T with(T row, Status status);

    /** The generation that the row, which has that revision, desires of this reconciler: that of the status, or the revision when it is not stamped. */
    default long generation(T row, long revision) {
        Status status = get(row);
        return status == null ? revision : status.generationAt(revision);
    }

    /**
     * What a status commit stores: the same row with that status, and with all others {@linkplain Status#stampedAt stamped}.
     *
     * @param revision that of the row
     */
    T committed(T row, long revision, Status status);

    /**
     * Finds rows by how far this reconciler is with them: part of a {@link dev.homeostat.api.db.TableSpec} like any other index, the same at each call. Its name is that of the field,
     * or {@code status-} and the name in the set.
     */
    Index<T, StatusKind> statusIndex();
}
