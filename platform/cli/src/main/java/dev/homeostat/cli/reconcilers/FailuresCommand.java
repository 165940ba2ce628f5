package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.rows.JsonRows;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.StatusText;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers failures}: what fails, why, since when, and when it is tried again. */
public final class FailuresCommand {
    private static final long LISTED = 100;

    private FailuresCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        if (words.flag("--by-error")) {
            return byError(session, words);
        }
        long limit = words.has("--limit") ? words.number("--limit") : LISTED;
        if (limit <= 0) {
            throw new CommandException(ExitCode.USAGE, "--limit: must be positive, but was " + limit, "");
        }
        Map<String, Object> params = words.params("NAME");
        params.put("limit", limit);
        if (session.json()) {
            JsonRows rows = new JsonRows(session.out());
            rows.end(session.client().call("reconcilers.failures", params, Duration.ZERO, rows::row));
            return ExitCode.OK;
        }
        List<Doc> failures = new ArrayList<>();
        Doc end = session.client().call("reconcilers.failures", params, Duration.ZERO, failures::add);
        print(session, failures, end);
        return ExitCode.OK;
    }

    private static int byError(Session session, Words words) throws CommandException {
        if (words.has("--limit")) {
            throw new CommandException(ExitCode.USAGE, "--by-error: lists them all, and takes no --limit", "");
        }
        Doc answer = session.client().call("reconcilers", words.params("NAME"));
        Doc reconciler = answer.docs("reconcilers").stream().findFirst().orElse(Doc.EMPTY);
        if (session.json()) {
            session.print(FailureGrid.json(answer, reconciler));
        } else if (reconciler.number("failing") == 0) {
            session.screen().line(Printable.of(reconciler.text("name") + ": no row fails"));
        } else {
            FailureGrid.print(session, 0, List.of(reconciler), new Ages(answer.time("now")));
        }
        return ExitCode.OK;
    }

    private static void print(Session session, List<Doc> failures, Doc end) {
        Screen screen = session.screen();
        if (failures.isEmpty()) {
            screen.line(Printable.of(end.text("name") + ": no row fails"));
            return;
        }
        Ages ages = new Ages(end.time("now"));
        Grid grid = new Grid(screen, 0, "KEY", "OPERATION", "KIND", "SINCE", "ATTEMPTS", "NEXT", "ERROR");
        failures.forEach(failure -> row(grid, failure, failure.doc("status"), ages));
        grid.end();
        long more = end.number("failing") - failures.size();
        if (more > 0) {
            String all = "reconcilers failures " + Home.quoted(end.text("name")) + " --limit " + end.number("failing");
            screen.note(0, Tint.PLAIN, "and " + more + " more; for all: " + session.again(all));
        }
    }

    private static void row(Grid grid, Doc failure, Doc status, Ages ages) {
        String kind = StatusText.failureKind(status);
        String next = switch (kind) {
            case "permanent" -> "-";
            case "blocked" -> "after " + status.text("blockedOn");
            default -> ages.until(status.time("nextAttempt"));
        };
        grid.row(
                Cell.of(failure.text("key")),
                Cell.of(failure.flag("delete") ? "delete" : "update"),
                Cell.state(kind),
                Cell.of(ages.ago(failure.time("since"))),
                Cell.of(status.number("attempts")),
                Cell.of(next),
                Cell.of(status.text("error")));
    }
}
