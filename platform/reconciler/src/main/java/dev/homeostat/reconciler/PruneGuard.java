package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Options;
import org.jspecify.annotations.Nullable;

/** Decides whether a prune would remove suspiciously much. */
final class PruneGuard {
    private PruneGuard() {}

    /**
     * Why it is to be held, or null when it is not.
     *
     * @param removals what it would remove, without what is left to a delete
     * @param rows the rows of the table
     * @param everHadRows whether the table had a row in this process
     */
    static @Nullable String reason(Options options, long removals, long rows, boolean everHadRows) {
        if (removals == 0) {
            return null;
        }
        if (rows == 0 && !everHadRows) {
            return "it would remove " + removals
                    + " object(s), and the table is empty and never had a row since the start";
        }
        Integer count = options.pruneGuardCount();
        if (count != null && removals > count) {
            return "it would remove " + removals + " objects, more than prune-guard-count " + count;
        }
        if (removals > options.pruneGuardFloor() && removals > options.pruneGuardShare() * (removals + rows)) {
            return "it would remove " + removals + " of " + (removals + rows) + " objects, more than prune-guard-floor "
                    + options.pruneGuardFloor() + " and more than prune-guard-share " + options.pruneGuardShare();
        }
        return null;
    }
}
