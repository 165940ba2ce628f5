package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.wire.Json;
import java.time.Duration;
import java.util.List;

/** {@code homeostat db dump}: rows for programs, one JSON document a line, whatever the output format. */
public final class DumpCommand {
    private DumpCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        List<String> columns = Selection.columns(words);
        session.client()
                .call(
                        "db.dump",
                        Selection.params(words, "TABLE"),
                        Duration.ZERO,
                        row -> session.out()
                                .append(Json.compact(
                                        JsonRows.selected(row, columns).fields()))
                                .append('\n'));
        return ExitCode.OK;
    }
}
