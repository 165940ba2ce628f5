package dev.homeostat.api.reconcile;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What came of one prune.
 *
 * @param removed the names of what was removed
 * @param spared the names of what turned out to be desired again, or is left to a delete
 * @param failed the removals that failed, with their reasons
 * @param held the prune that the guard holds, in which case nothing was removed
 */
public record PruneReport(
        List<String> removed,
        List<String> spared,
        List<WaitResult.Failure> failed,
        @Nullable HeldPrune held) {
    public PruneReport {
        removed = List.copyOf(removed);
        spared = List.copyOf(spared);
        failed = List.copyOf(failed);
    }
}
