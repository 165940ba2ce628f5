package dev.homeostat.cli.plugins;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.List;
import java.util.Map;

/** {@code homeostat plugins}, and its part of the status. */
public final class PluginList {
    private PluginList() {}

    public static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("plugins", Map.of());
        List<Doc> plugins = answer.docs("plugins");
        if (session.json()) {
            session.print(answer);
        } else if (plugins.isEmpty()) {
            session.screen().line("no plugin was found");
        } else {
            print(session.screen(), 0, plugins, new Ages(answer.time("now")), true);
        }
        return plugins.stream().anyMatch(PluginList::isDegraded) ? ExitCode.FAILURE : ExitCode.OK;
    }

    /** Whether a person should look at it: it failed or has leaked, or runs with something to be said. */
    public static boolean isDegraded(Doc plugin) {
        String state = plugin.text("state");
        return state.equals("failed")
                || state.equals("leaked")
                || (state.equals("active") && !plugin.text("reason").isEmpty());
    }

    public static void print(Screen screen, int indent, List<Doc> plugins, Ages ages, boolean inFull) {
        Grid grid = inFull
                ? new Grid(screen, indent, "ID", "VERSION", "STATE", "SINCE", "ISOLATION", "JAR", "TABLES")
                : new Grid(screen, indent, "ID", "VERSION", "STATE", "SINCE", "TABLES");
        for (Doc plugin : plugins) {
            Cell id = Cell.of(plugin.text("id"));
            Cell version = Cell.of(plugin.text("version"));
            Cell state = Cell.state(plugin.text("state"));
            Cell since = Cell.of(ages.ago(plugin.time("since")));
            Cell tables = Cell.of(String.join(", ", plugin.texts("tables")));
            if (inFull) {
                grid.row(
                        id,
                        version,
                        state,
                        since,
                        Cell.of(plugin.text("isolation")),
                        Cell.of(plugin.text("jar")),
                        tables);
            } else {
                grid.row(id, version, state, since, tables);
            }
            if (!plugin.text("reason").isEmpty() && (inFull || !isDegraded(plugin))) {
                grid.note(isDegraded(plugin) ? Tint.BAD : Tint.PLAIN, plugin.text("reason"));
            }
        }
        grid.end();
    }
}
