package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.StatusText;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What fails by equal errors: how many rows, which has failed for longest, and what to do. */
public final class FailureGrid {
    private FailureGrid() {}

    /**
     * Prints what fails of all of them.
     *
     * @param reconcilers those of which rows fail
     */
    public static void print(Session session, int indent, List<Doc> reconcilers, Ages ages) {
        Grid grid = new Grid(session.screen(), indent, "RECONCILER", "ROWS", "OLDEST", "FAILS FOR", "NEXT", "ERROR");
        for (Doc one : reconcilers) {
            List<Doc> groups = one.doc("failuresByError").docs("groups");
            groups.forEach(group -> row(grid, one.text("name"), group, ages));
            if (!groups.isEmpty()) {
                notes(grid, session, one, oldest(groups));
            }
        }
        grid.end();
    }

    /** What has failed for longest; the groups come in the order of their counts. */
    private static Doc oldest(List<Doc> groups) {
        return groups.stream()
                .map(group -> group.doc("oldest"))
                .min(Comparator.comparing(oldest -> oldest.time("since")))
                .orElse(Doc.EMPTY);
    }

    /** The same for programs. */
    static Doc json(Doc answer, Doc reconciler) {
        Map<String, @Nullable Object> json = new LinkedHashMap<>();
        json.put("now", answer.text("now"));
        json.put("name", reconciler.text("name"));
        json.put("failing", reconciler.number("failing"));
        json.putAll(reconciler.doc("failuresByError").fields());
        return new Doc(json);
    }

    private static void row(Grid grid, String reconciler, Doc group, Ages ages) {
        Doc oldest = group.doc("oldest");
        long count = group.number("count");
        String deletes = count == 1 ? " delete" : " deletes";
        grid.row(
                Cell.of(reconciler),
                Cell.of(count + (oldest.flag("delete") ? deletes : "")),
                Cell.of(oldest.text("key")),
                Cell.of(ages.length(oldest.time("since"))),
                Cell.of(next(oldest.doc("status"), ages)),
                new Cell(Printable.of(group.text("error")), Tint.BAD));
    }

    /** When the oldest is tried again. */
    private static String next(Doc status, Ages ages) {
        return switch (StatusText.failureKind(status)) {
            case "permanent" -> "no retry";
            case "blocked" -> "after " + status.text("blockedOn");
            default -> ages.until(status.time("nextAttempt"));
        };
    }

    private static void notes(Grid grid, Session session, Doc reconciler, Doc oldest) {
        String name = Home.quoted(reconciler.text("name"));
        long others = reconciler.doc("failuresByError").number("others");
        if (others > 0) {
            grid.note(
                    Tint.BAD,
                    "and " + others + " with other errors: "
                            + session.again("reconcilers failures " + name + " --by-error"));
        }
        grid.note(Tint.PLAIN, "each of them: " + session.again("reconcilers failures " + name));
        grid.note(
                Tint.PLAIN,
                "why the oldest fails: "
                        + session.again("explain " + Home.quoted(reconciler.text("table")) + " "
                                + Home.quoted(oldest.text("key"))));
        grid.note(Tint.PLAIN, "to try all of them now: " + session.again("reconcilers retry " + name));
    }
}
