package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

/**
 * A row that others wait for.
 *
 * @param table the name of its table
 * @param key its primary key as text, which the table's specification parses
 */
public record Blocker(String table, String key) {
    public Blocker {
        requireNonNull(table, "table");
        requireNonNull(key, "key");
    }

    /** Such as {@code links/eth0}. */
    @Override
    public String toString() {
        return table + "/" + key;
    }
}
