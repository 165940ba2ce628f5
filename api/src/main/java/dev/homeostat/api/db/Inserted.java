package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/**
 * What {@link RWTable#insertWatch} did.
 *
 * @param row the stored row, as readers will find it after the commit
 * @param replaced the row that had the same primary key before, or null
 * @param watch closes when the stored row is replaced or deleted, also by the same transaction, or the table is removed, or the transaction aborts
 */
public record Inserted<T>(Row<T> row, @Nullable Row<T> replaced, Watch watch) {
    public Inserted {
        requireNonNull(row, "row");
        requireNonNull(watch, "watch");
    }
}
