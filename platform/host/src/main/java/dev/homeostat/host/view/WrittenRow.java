package dev.homeostat.host.view;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row that was to be stored.
 *
 * @param key its primary key as a person reads it
 * @param change what happened
 * @param revision the table's revision of its last change
 * @param orphanOf who wanted it before and is gone, so that it was taken over; null where nobody did
 */
public record WrittenRow(
        String key, Change change, long revision, @Nullable RowOwner orphanOf) {
    /** What can happen to a row that is stored. */
    public enum Change {
        /** There was none of its key. */
        INSERTED,
        /** It replaced another one. */
        UPDATED,
        /** An equal one was there, and keeps its revision. */
        UNCHANGED
    }
}
