package dev.homeostat.plugin.manifests;

import dev.homeostat.api.tree.Problem;
import java.util.List;
import java.util.Set;

/** Tells new problems from those that the look before had too: a file that nobody mends is in each report, whatever other file is the reason for it. */
final class KnownProblems {
    private Set<Problem> known = Set.of();

    /** Those of them that the last report did not have. */
    List<Problem> news(List<Problem> report) {
        Set<Problem> before = known;
        known = Set.copyOf(report);
        return report.stream().filter(problem -> !before.contains(problem)).toList();
    }
}
