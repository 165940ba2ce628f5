package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.util.List;
import java.util.Map;

/** {@code homeostat status}: one screen that says what is there, what fails, why, since when, and what comes next. */
final class StatusCommand {
    private static final int INDENT = 2;

    private StatusCommand() {}

    static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("status", Map.of());
        if (session.json()) {
            session.print(answer);
        } else {
            print(session, answer);
        }
        return answer.doc("host").flag("degraded") ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void print(Session session, Doc answer) {
        Screen screen = session.screen();
        Ages ages = new Ages(answer.time("now"));
        header(screen, answer.doc("host"), ages);
        List<Doc> plugins = answer.docs("plugins");
        if (!plugins.isEmpty()) {
            screen.section("Plugins");
            PluginList.print(screen, INDENT, plugins, ages, false);
        }
        List<Doc> tables = answer.docs("tables");
        if (!tables.isEmpty()) {
            screen.section("Tables");
            TableList.print(screen, INDENT, tables, false);
        }
        List<Doc> reconcilers = answer.docs("reconcilers");
        if (!reconcilers.isEmpty()) {
            screen.section("Reconcilers");
            ReconcilerList.print(session, INDENT, reconcilers, ages, false);
        }
        List<Doc> sources = answer.docs("sources");
        if (!sources.isEmpty()) {
            screen.section("Sources");
            SourceList.print(screen, INDENT, sources);
        }
        List<Doc> health = answer.docs("health");
        if (!health.isEmpty()) {
            screen.section("Health");
            health(screen, health, ages);
        }
    }

    private static void header(Screen screen, Doc host, Ages ages) {
        boolean degraded = host.flag("degraded");
        String state = screen.tinted(Tint.of(host.text("state")), host.text("state"));
        String verdict = degraded ? screen.tinted(Tint.BAD, "degraded") : screen.tinted(Tint.GOOD, "all is well");
        String took = host.text("readyAfterMillis").isEmpty()
                ? "not ready yet"
                : "ready after " + host.number("readyAfterMillis") + " ms";
        screen.line("homeostat " + Printable.of(host.text("version")) + ": " + state + ", " + verdict);
        screen.line(screen.tinted(
                Tint.FAINT,
                "home " + host.text("home") + ", process " + host.number("pid") + ", started "
                        + ages.ago(host.time("startedAt")) + ", " + took));
    }

    private static void health(Screen screen, List<Doc> lines, Ages ages) {
        Grid grid = new Grid(screen, INDENT, "PLUGIN", "NAME", "STATE", "SINCE");
        for (Doc line : lines) {
            grid.row(
                    Cell.of(line.text("plugin").isEmpty() ? "-" : line.text("plugin")),
                    Cell.of(line.text("name")),
                    Cell.state(line.flag("ok") ? "ok" : "degraded"),
                    Cell.of(ages.ago(line.time("since"))));
            if (!line.text("message").isEmpty()) {
                grid.note(line.flag("ok") ? Tint.PLAIN : Tint.BAD, line.text("message"));
            }
        }
        grid.end();
    }
}
