package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.wire.Doc;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** {@code homeostat reconcilers options}: shows and sets options while the host runs. */
public final class OptionsCommand {
    private OptionsCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Map<String, Object> params = words.params("NAME");
        Map<String, Object> set = new LinkedHashMap<>();
        for (String word : words.list(Words.ASSIGNMENTS)) {
            int equals = word.indexOf('=');
            if (equals < 1) {
                List<String> reset = words.list("--reset");
                throw new CommandException(
                        ExitCode.USAGE,
                        "\"" + word + "\" is not KEY=VALUE",
                        reset.isEmpty()
                                ? "without any, the options are listed; for example concurrency=4"
                                : "to reset several: --reset " + String.join(",", reset) + "," + word);
            }
            set.put(word.substring(0, equals), word.substring(equals + 1));
        }
        if (!set.isEmpty()) {
            params.put("set", set);
        }
        if (words.has("--reset")) {
            String keys = String.join(",", words.list("--reset"));
            params.put("reset", keys.isEmpty() ? List.of() : List.of(keys.split(",", -1)));
        }
        Doc answer = session.client().call("reconcilers.options", params);
        if (session.json() || params.size() > 1) {
            session.printDone(answer);
        } else {
            list(session.screen(), answer.docs("options"));
        }
        return ExitCode.OK;
    }

    private static void list(Screen screen, List<Doc> options) {
        Grid grid = new Grid(screen, 0, "OPTION", "VALUE", "FROM", "MEANING");
        for (Doc option : options) {
            grid.row(
                    Cell.of(option.text("name")),
                    Cell.of(option.text("value")),
                    Cell.of(option.text("from")),
                    Cell.of(option.text("description")));
        }
        grid.end();
    }
}
