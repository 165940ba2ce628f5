package dev.homeostat.host.steering;

import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.tree.Default;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What outlives a restart of the host of what was commanded: modes and pauses.
 *
 * @param reconcilers by their full names
 */
record Kept(@Default("{}") Map<String, One> reconcilers) {
    Kept {
        reconcilers = Collections.unmodifiableMap(new TreeMap<>(reconcilers));
    }

    /**
     * Of one reconciler.
     *
     * @param mode null where none was set
     * @param modeSince null where none was set
     * @param pausedSince null where it is not paused
     * @param pausedRows since when, by the keys as text
     */
    record One(
            @Nullable Mode mode,
            @Nullable Instant modeSince,
            @Nullable Instant pausedSince,
            @Default("{}") Map<String, Instant> pausedRows) {
        One {
            pausedRows = Collections.unmodifiableMap(new TreeMap<>(pausedRows));
        }
    }
}
