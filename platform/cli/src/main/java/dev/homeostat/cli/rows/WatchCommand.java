package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Json;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** {@code homeostat db watch}: what changes in a table, as it changes, until somebody ends it. Programs get one JSON document a line. */
public final class WatchCommand {
    private WatchCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Map<String, Object> params = Selection.params(words, "TABLE");
        if (words.flag("--initial")) {
            params.put("initial", true);
        }
        List<String> columns = Selection.columns(words);
        ChangeLines lines = new ChangeLines(session.screen(), columns);
        session.client().call("db.watch", params, Duration.ZERO, item -> {
            String change = item.text("change");
            if (!change.equals("none")) {
                if (session.json()) {
                    session.out()
                            .append(Json.compact(
                                    JsonRows.selected(item, columns).fields()))
                            .append('\n');
                } else if (item.text("message").isEmpty()) {
                    lines.print(item);
                } else {
                    session.screen()
                            .note(0, change.equals("table-gone") ? Tint.BUSY : Tint.PLAIN, item.text("message"));
                }
            }
            if (change.equals("none") || item.fields().containsKey("message")) {
                session.out().flush(); // for the moment, that was all
            }
        });
        return ExitCode.OK;
    }
}
