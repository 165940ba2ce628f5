package dev.homeostat.api.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one prune.
 *
 * @param removed the names of what was removed
 * @param spared the names of what turned out to be desired again, is left to a delete, or belongs to a paused row
 * @param failed the removals that failed, with their reasons
 * @param held the prune that the guard holds, in which case nothing was removed
 * @param planned what it would remove, where the mode is {@link Mode#PLAN}
 */
public record PruneReport(
        List<String> removed,
        List<String> spared,
        List<WaitResult.Failure> failed,
        @Nullable HeldPrune held,
        @Nullable Planned planned) {
    public PruneReport {
        removed = List.copyOf(removed);
        spared = List.copyOf(spared);
        failed = List.copyOf(failed);
    }

    /** With nothing planned. */
    public PruneReport(
            List<String> removed, List<String> spared, List<WaitResult.Failure> failed, @Nullable HeldPrune held) {
        this(removed, spared, failed, held, null);
    }

    /**
     * What a prune would do.
     *
     * @param removals the names of what it would remove
     * @param held why the guard would hold it, or null when it would not
     */
    public record Planned(List<String> removals, @Nullable String held) {
        public Planned {
            removals = List.copyOf(removals);
        }
    }
}
