package dev.homeostat.host.control;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.ArrayList;
import java.util.List;

/** What a prune did, in lines for people. */
final class PruneLines {
    private static final int MOST_NAMED = 100;

    private PruneLines() {}

    static List<String> of(PruneReport report) {
        HeldPrune held = report.held();
        if (held != null) {
            return List.of("prune " + held.number() + " is held, and nothing was removed: " + held.reason());
        }
        PruneReport.Planned planned = report.planned();
        if (planned != null) {
            return List.of("nothing was removed; in mode apply it would be " + named(planned.removals()));
        }
        List<String> lines = new ArrayList<>();
        lines.add("removed " + named(report.removed()));
        if (!report.spared().isEmpty()) {
            lines.add("spared " + named(report.spared()));
        }
        List<String> failed =
                report.failed().stream().map(WaitResult.Failure::key).toList();
        if (!failed.isEmpty()) {
            lines.add("could not remove " + named(failed));
        }
        return lines;
    }

    private static String named(List<String> names) {
        int count = names.size();
        return count == 0
                ? "0"
                : count + ": " + String.join(", ", names.subList(0, Math.min(count, MOST_NAMED)))
                        + (count > MOST_NAMED ? ", …" : "");
    }
}
