package dev.homeostat.host.control;

import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.tree.Tree;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A row with what each reconciler of its table says about it, wherever that is kept; or a row that is gone and whose delete is not done.
 *
 * @param key the primary key as text
 * @param deleted whether the table has it no more
 * @param revision 0 when deleted
 * @param values the row as a document; null when deleted, or when its table has no codec
 * @param text how the row prints itself, and why its codec failed, if it did; empty where there are values
 * @param statuses by the reconcilers' names
 */
record JoinedRow(
        String key,
        boolean deleted,
        long revision,
        @Nullable Tree values,
        String text,
        SortedMap<String, Status> statuses) {
    JoinedRow {
        statuses = Collections.unmodifiableSortedMap(new TreeMap<>(statuses));
    }

    static JoinedRow deleted(String key, Map<String, Status> statuses) {
        return new JoinedRow(key, true, 0, null, "", new TreeMap<>(statuses));
    }
}
