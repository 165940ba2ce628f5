package dev.homeostat.host.source;

import dev.homeostat.api.tree.NearestName;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.WaitingTable;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Sources in words for a person. */
final class SourceViews {
    private static final int MOST_NAMED = 3;

    private SourceViews() {}

    /**
     * What is to be shown of a source.
     *
     * @param expected whether tables wait for it
     * @param configured whether they do because the configuration says so, not because it fed this home before
     * @param before what was shown of it before; null when nothing was
     */
    static SourceView of(
            SourceState source,
            long rows,
            boolean expected,
            boolean configured,
            BoardTables tables,
            Instant now,
            @Nullable SourceView before) {
        BoardFeed feed = source.feed();
        List<String> problems = new ArrayList<>();
        String state;
        if (feed == null) {
            state = absent(source, rows, expected, configured, problems);
        } else {
            state = present(source, rows, problems);
        }
        source.problems().stream().map(Problem::toString).forEach(problems::add);
        List<WaitingTable> waiting = waiting(source, tables);
        waiting.stream().filter(one -> !one.known()).map(SourceViews::unknown).forEach(problems::add);
        Instant since = before == null || before.since() == null ? now : before.since();
        return new SourceView(
                source.name(),
                feed == null ? "" : feed.plugin(),
                state,
                rows,
                problems,
                problems.isEmpty() ? null : since,
                waiting);
    }

    private static String unknown(WaitingTable waiting) {
        String places = waiting.places().isEmpty() ? "" : waiting.places().getFirst() + ": ";
        String more = waiting.count() > 1 ? ", which is named in " + count(waiting.count() - 1, "more place") : "";
        return places + "there is no table \"" + waiting.table() + "\"" + more
                + (waiting.nearest().isEmpty()
                        ? "; it waits until a plugin brings one"
                        : "; did you mean \"" + waiting.nearest() + "\"?");
    }

    private static List<WaitingTable> waiting(SourceState source, BoardTables tables) {
        List<WaitingTable> waiting = new ArrayList<>();
        for (String table : source.waiting()) {
            List<Place> places = source.places(table);
            waiting.add(new WaitingTable(
                    table,
                    places.stream().limit(MOST_NAMED).map(Place::toString).toList(),
                    places.size(),
                    NearestName.find(table, tables.names()).orElse(""),
                    tables.wasThere(table)));
        }
        return waiting;
    }

    private static String absent(
            SourceState source, long rows, boolean expected, boolean configured, List<String> problems) {
        String orphaned = rows == 0 ? "" : count(rows, "orphaned row") + " stay" + (rows == 1 ? "s" : "");
        if (!expected) {
            return "gone" + (orphaned.isEmpty() ? "" : ": " + orphaned);
        }
        String setting = configured
                ? "take it out of \"sources\" in conf/homeostat.yaml"
                : "it fed this home before: name it under \"sources-ignored\" in conf/homeostat.yaml";
        problems.add("no plugin contributes source \"" + source.name()
                + "\", so tables that it may feed are not pruned; start its plugin, or " + setting);
        return "missing: no plugin contributes it; to do without it, " + setting
                + (orphaned.isEmpty() ? "" : "; " + orphaned);
    }

    private static String present(SourceState source, long rows, List<String> problems) {
        String unavailable = source.unavailable();
        if (unavailable != null) {
            problems.add(unavailable);
            return "cannot be read since " + source.unavailableSince().truncatedTo(ChronoUnit.SECONDS)
                    + (rows == 0 ? "" : ", and its " + count(rows, "row") + " stay as they are");
        }
        if (!source.speaks()) {
            return "was not read yet";
        }
        List<String> earlier = source.onEarlierVersion();
        String wanted = count(source.unitCount(), "unit") + ", " + count(rows, "row")
                + (earlier.isEmpty() ? "" : "; " + first(earlier) + ": last good version in force");
        List<String> holding = source.withoutVersion();
        return holding.isEmpty()
                ? wanted
                : wanted + "; tables that wait for it are not pruned until " + String.join(", ", holding)
                        + " can be read";
    }

    private static String first(List<String> names) {
        int shown = Math.min(MOST_NAMED, names.size());
        return String.join(", ", names.subList(0, shown))
                + (shown == names.size() ? "" : " and " + (names.size() - shown) + " more");
    }

    private static String count(long number, String noun) {
        return number + " " + noun + (number == 1 ? "" : "s");
    }
}
