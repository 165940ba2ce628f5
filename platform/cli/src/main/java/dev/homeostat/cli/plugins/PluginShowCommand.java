package dev.homeostat.cli.plugins;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.overview.SourceList;
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
import java.util.stream.Collectors;

/** {@code homeostat plugins show}: all that there is about one plugin. */
final class PluginShowCommand {
    private PluginShowCommand() {}

    static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("plugins.show", Map.of("id", words.text("ID")));
        if (session.json()) {
            session.print(answer);
        } else {
            print(session.screen(), answer);
        }
        return PluginList.isDegraded(answer.doc("plugin")) ? ExitCode.FAILURE : ExitCode.OK;
    }

    private static void print(Screen screen, Doc answer) {
        Ages ages = new Ages(answer.time("now"));
        PluginList.print(screen, 0, List.of(answer.doc("plugin")), ages, true);
        if (!answer.text("requires").isEmpty()) {
            screen.note(2, Tint.PLAIN, "needs plugin API " + answer.text("requires"));
        }
        answer.docs("needs").forEach(need -> screen.note(2, Tint.PLAIN, need(need)));
        if (!answer.texts("neededBy").isEmpty()) {
            screen.note(2, Tint.PLAIN, "is needed by " + String.join(", ", answer.texts("neededBy")));
        }
        for (Doc reconciler : answer.docs("reconcilers")) {
            screen.note(
                    2,
                    reconciler.flag("ok") ? Tint.PLAIN : Tint.BAD,
                    "reconciler " + reconciler.text("name") + ": " + reconciler.text("message"));
        }
        for (Doc line : answer.docs("health")) {
            screen.note(
                    2,
                    line.flag("ok") ? Tint.PLAIN : Tint.BAD,
                    line.text("name") + ": " + line.text("message") + " (" + ages.ago(line.time("since")) + ")");
        }
        if (!answer.docs("sources").isEmpty()) {
            screen.section("Sources");
            SourceList.print(screen, 2, answer.docs("sources"));
        }
        settings(screen, answer.docs("settings"));
    }

    private static String need(Doc need) {
        String state = need.text("state").isEmpty() ? "not there" : need.text("state");
        return (need.flag("optional") ? "can use plugin " : "needs plugin ") + need.text("id") + " "
                + need.text("range") + ": " + state;
    }

    private static void settings(Screen screen, List<Doc> settings) {
        if (settings.isEmpty()) {
            return;
        }
        screen.section("Settings");
        Grid grid = new Grid(screen, 2, "KEY", "VALUE", "FROM", "MEANING");
        for (Doc setting : settings) {
            grid.row(
                    Cell.of(setting.text("key")),
                    Cell.of(setting.text("value")),
                    Cell.of(setting.text("from")),
                    Cell.of(setting.text("description")));
        }
        grid.end();
    }

    /** The tables that end when the plugin stops, with how many rows; nothing when none has rows. */
    static List<String> losses(Session session, String id) throws CommandException {
        List<Doc> tables = session.client().call("plugins.show", Map.of("id", id)).docs("endsWithIt").stream()
                .filter(table -> table.number("objects") > 0)
                .toList();
        return tables.isEmpty()
                ? List.of()
                : List.of(
                        "with plugin " + id + " these tables end: "
                                + tables.stream()
                                        .map(table -> table.text("table") + " (" + table.number("objects") + " rows)")
                                        .collect(Collectors.joining(", ")),
                        "  rows of files come back when it starts; what jobs and commands wrote, statuses, retries and"
                                + " undone deletes are lost");
    }
}
