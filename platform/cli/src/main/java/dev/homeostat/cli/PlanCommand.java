package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers plan|observe}: what would be done, and in what the target differs. */
final class PlanCommand {
    private PlanCommand() {}

    static int plan(Session session, Words words) throws CommandException {
        if (session.json()) {
            JsonRows rows = new JsonRows(session.out());
            rows.end(session.client().call("reconcilers.plan", words.params("NAME"), Duration.ZERO, rows::row));
            return ExitCode.OK;
        }
        Grid grid = new Grid(session.screen(), 0, "OPERATION", "KEY", "CAUSE", "GENERATION", "PLANNED AT", "WHY");
        Doc end = session.client()
                .call("reconcilers.plan", words.params("NAME"), Duration.ZERO, change -> row(grid, change));
        if (end.number("count") > 0) {
            grid.end();
        }
        closing(session, end);
        return ExitCode.OK;
    }

    private static void row(Grid grid, Doc change) {
        String operation = change.text("operation");
        String drift = change.text("drift");
        String unlooked = operation.equals("update") ? "not known" : "not desired";
        grid.row(
                Cell.of(operation),
                Cell.of(change.text("key")),
                Cell.of(change.text("cause")),
                Cell.of(change.number("generation")),
                Cell.of(Times.brief(change.text("since"))),
                Cell.of(drift.isEmpty() ? unlooked : drift));
        if (!change.text("error").isEmpty()) {
            grid.note(Tint.BAD, "the target could not be looked at: " + change.text("error"));
        }
        if (!change.text("held").isEmpty()) {
            grid.note(Tint.BUSY, "the guard would hold it: " + change.text("held"));
        }
    }

    private static void closing(Session session, Doc end) {
        Screen screen = session.screen();
        String name = end.text("name");
        String quoted = Home.quoted(name);
        long count = end.number("count");
        boolean plans = end.text("mode").equals("plan");
        if (count == 0) {
            screen.line(Printable.of(
                    plans
                            ? name + ": nothing is to be done"
                            : name + ": mode " + end.text("mode")
                                    + ", so nothing is planned; to plan instead of doing: "
                                    + session.again("reconcilers mode " + quoted + " plan")));
        } else if (plans) {
            screen.note(
                    0,
                    Tint.PLAIN,
                    "nothing of this is done; to do it: " + session.again("reconcilers mode " + quoted + " apply"));
        }
    }

    static int observe(Session session, Words words) throws CommandException {
        Duration timeout = words.timeout();
        Map<String, Object> params = words.params("NAME");
        params.put("timeoutMillis", timeout.toMillis());
        Doc report = session.client().call("reconcilers.observe", params, timeout, item -> {});
        if (session.json()) {
            session.print(report);
        } else {
            print(session, report);
        }
        return report.number("drifted") + report.number("failed") == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(Session session, Doc report) {
        Screen screen = session.screen();
        screen.line(Printable.of(report.text("name") + ": " + report.number("inSync") + " as desired, "
                + report.number("drifted") + " drifted, " + report.number("failed") + " could not be looked at"));
        List<Doc> findings = report.docs("findings");
        for (Doc finding : findings) {
            boolean failed = !finding.text("error").isEmpty();
            screen.note(
                    2,
                    failed ? Tint.BAD : Tint.BUSY,
                    finding.text("key") + ": " + (failed ? finding.text("error") : finding.text("drift")));
        }
        long more = report.number("drifted") + report.number("failed") - findings.size();
        if (more > 0) {
            screen.line("  and " + more + " more");
        }
        if (report.number("drifted") > 0) {
            screen.note(
                    0,
                    Tint.PLAIN,
                    "to mend what drifted: "
                            + session.again("reconcilers refresh " + Home.quoted(report.text("name"))));
        }
    }
}
