package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Confirmation;
import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.wire.Doc;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code homeostat db rejected}: rows that did not fit when their table's plugin was replaced. */
public final class RejectedCommand {
    private RejectedCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Map<String, Object> params = words.params("TABLE");
        if (words.has("--forget")) {
            return forget(session, words, params);
        }
        if (session.json()) {
            JsonRows rows = new JsonRows(session.out());
            rows.end(session.client().call("db.rejected", params, Duration.ZERO, rows::row));
            return ExitCode.OK;
        }
        List<Doc> rows = new ArrayList<>();
        Doc end = session.client().call("db.rejected", params, Duration.ZERO, rows::add);
        print(session.screen(), rows, new Ages(end.time("now")));
        return ExitCode.OK;
    }

    private static void print(Screen screen, List<Doc> rows, Ages ages) {
        if (rows.isEmpty()) {
            screen.line("no row is set aside");
            return;
        }
        Grid grid = new Grid(screen, 0, "TABLE", "KEY", "OPERATION", "SINCE", "REASON");
        for (Doc row : rows) {
            grid.row(
                    Cell.of(row.text("table")),
                    Cell.of(row.text("key")),
                    Cell.of(row.flag("deleted") ? "delete" : "update"),
                    Cell.of(ages.ago(row.time("since"))),
                    Cell.of(row.text("reason")));
        }
        grid.end();
    }

    private static int forget(Session session, Words words, Map<String, Object> params) throws CommandException {
        if (!words.has("TABLE")) {
            throw new CommandException(ExitCode.USAGE, "--forget: of which table?", "name the table before it");
        }
        String key = words.text("--forget");
        Confirmation.ask(
                session,
                words,
                "Forget it?",
                () -> List.of("row \"" + key + "\" of table \"" + words.text("TABLE")
                        + "\", which was set aside, is not kept after that"));
        params.put("key", key);
        Doc answer = session.client().call("db.rejected.forget", params);
        session.printDone(answer);
        return ExitCode.OK;
    }
}
