package dev.homeostat.cli.overview;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.plugins.PluginList;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.reconcilers.ReconcilerList;
import dev.homeostat.cli.rows.TableList;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Amount;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.watch.Watch;
import dev.homeostat.cli.wire.Doc;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code homeostat status}: the verdict, what is wrong and how to put it right, and then all that there is. */
public final class StatusCommand {
    private static final int INDENT = 2;

    private StatusCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        return Watch.run(session, words, StatusCommand::once);
    }

    private static int once(Session session) throws CommandException {
        Doc answer = session.client().call("status", Map.of());
        if (session.json()) {
            session.print(answer);
        } else {
            print(session, answer);
        }
        return answer.doc("host").flag("degraded") ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void print(Session session, Doc answer) {
        Ages ages = new Ages(answer.time("now"));
        verdict(session.screen(), answer, ages);
        new WhatIsWrong(session, ages).print(answer);
        rest(session, answer, ages);
    }

    private static void verdict(Screen screen, Doc answer, Ages ages) {
        Doc host = answer.doc("host");
        boolean degraded = host.flag("degraded");
        String state = host.text("state").equals("running") ? "" : host.text("state") + "; ";
        if (degraded) {
            String since =
                    host.text("degradedSince").isEmpty() ? "" : " for " + ages.length(host.time("degradedSince"));
            screen.text(0, Tint.BAD, state + "degraded" + since + ": " + host.text("verdict"));
        } else {
            screen.text(0, Tint.GOOD, state + host.text("verdict") + ": " + amounts(answer));
        }
        String took = host.text("readyAfterMillis").isEmpty()
                ? "not ready yet"
                : "ready after " + host.number("readyAfterMillis") + " ms";
        screen.text(
                0,
                Tint.FAINT,
                "homeostat " + host.text("version") + ", " + host.text("state") + ", home " + host.text("home")
                        + ", process " + host.number("pid") + ", started " + ages.ago(host.time("startedAt")) + ", "
                        + took);
    }

    private static String amounts(Doc answer) {
        long rows = answer.docs("tables").stream()
                .mapToLong(table -> table.number("objects"))
                .sum();
        return Amount.of(answer.docs("plugins").size(), "plugin") + ", "
                + Amount.of(answer.docs("tables").size(), "table") + " with " + Amount.of(rows, "row") + ", "
                + Amount.of(answer.docs("reconcilers").size(), "reconciler");
    }

    /** What was said of what is wrong is not said again. */
    private static void rest(Session session, Doc answer, Ages ages) {
        Screen screen = session.screen();
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
            Map<String, Doc> troubled = sources.stream()
                    .filter(source -> !source.texts("problems").isEmpty())
                    .collect(Collectors.toMap(
                            source -> "source \"" + source.text("name") + "\"",
                            source -> source,
                            (first, second) -> first));
            health(screen, health, troubled, ages);
        }
    }

    /** @param troubled sources that run, as their lines say, and have problems, as was said before; by the names of the lines */
    private static void health(Screen screen, List<Doc> lines, Map<String, Doc> troubled, Ages ages) {
        Grid grid = new Grid(screen, INDENT, "PLUGIN", "NAME", "STATE", "SINCE");
        for (Doc line : lines) {
            Doc source = line.flag("ok") ? troubled.get(line.text("name")) : null;
            Doc timed = source != null && !source.text("since").isEmpty() ? source : line;
            grid.row(
                    Cell.of(line.text("plugin").isEmpty() ? "-" : line.text("plugin")),
                    Cell.of(line.text("name")),
                    Cell.state(line.flag("ok") && source == null ? "ok" : "degraded"),
                    Cell.of(ages.ago(timed.time("since"))));
            if (!line.text("message").isEmpty() && line.flag("ok")) {
                String besides = source != null ? ", with the problems above" : "";
                grid.note(Tint.PLAIN, line.text("message") + besides);
            }
        }
        grid.end();
    }
}
