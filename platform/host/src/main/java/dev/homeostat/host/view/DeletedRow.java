package dev.homeostat.host.view;

import org.jspecify.annotations.Nullable;

/**
 * What became of a row that was to be deleted.
 *
 * @param revision the table's revision after it
 * @param orphanOf who wanted it before and is gone; null where nobody did. When that one comes back, and still wants it, it is there again
 * @param takenOverBy who waited for a row of that key and has stored its own now, so that there is one still; null where nobody did
 */
public record DeletedRow(
        long revision,
        @Nullable RowOwner orphanOf,
        @Nullable RowOwner takenOverBy) {}
