package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers failures}: what fails, why, since when, and when it is tried again. */
final class FailuresCommand {
    private static final long LISTED = 100;

    private FailuresCommand() {}

    static int run(Session session, Words words) throws CommandException {
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
