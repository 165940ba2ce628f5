package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.rows.JsonRows;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Times;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.HostClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers plan|observe}: what would be done, and in what the target differs. */
public final class PlanCommand {
    private PlanCommand() {}

    public static int plan(Session session, Words words) throws CommandException {
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
            screen.text(
                    0,
                    Tint.PLAIN,
                    plans
                            ? name + ": nothing is to be done"
                            : name + ": mode " + end.text("mode")
                                    + ", so nothing is planned; to plan instead of doing: "
                                    + session.again("reconcilers mode " + quoted + " plan"));
        } else if (plans) {
            screen.note(
                    0,
                    Tint.PLAIN,
                    "nothing of this is done; to do it: " + session.again("reconcilers mode " + quoted + " apply"));
        }
        String unknown = plans ? unsearched(session, quoted, end.text("pruneState")) : "";
        if (!unknown.isEmpty()) {
            screen.note(0, Tint.BUSY, unknown);
        }
    }

    /** Why the plan does not say what a prune would remove; empty where it does. */
    private static String unsearched(Session session, String quoted, String prune) {
        if (prune.equals("on demand only")) {
            return "what is in the target and not desired is looked for on demand only: "
                    + session.again("reconcilers prune " + quoted);
        }
        if (prune.equals("is due") || prune.equals("runs")) {
            return "what is in the target and not desired is being looked for: ask again";
        }
        return prune.startsWith("waits")
                ? "what is in the target and not desired is not known: the prune " + prune
                : "";
    }

    public static int observe(Session session, Words words) throws CommandException {
        Map<String, Object> params = words.params("NAME");
        if (words.has("--timeout")) {
            params.put("timeoutMillis", words.timeout().toMillis()); // otherwise the host knows what its rows need
        }
        HostClient client = session.client();
        Doc report = client.telling(client.progress().saying(() -> "looking at the target"))
                .call("reconcilers.observe", params);
        if (session.json()) {
            session.print(report);
        } else {
            print(session, report);
        }
        return report.number("drifted") + report.number("failed") == 0 ? ExitCode.OK : ExitCode.FAILURE;
    }

    private static void print(Session session, Doc report) {
        Screen screen = session.screen();
        screen.text(
                0,
                Tint.PLAIN,
                report.text("name") + ": " + report.number("inSync") + " as desired, " + report.number("drifted")
                        + " drifted, " + report.number("failed") + " could not be looked at");
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
