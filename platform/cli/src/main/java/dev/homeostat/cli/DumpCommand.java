package dev.homeostat.cli;

import java.time.Duration;

/** {@code homeostat db dump}: rows for programs, one JSON document a line, whatever the output format. */
final class DumpCommand {
    private DumpCommand() {}

    static int run(Session session, Words words) throws CommandException {
        session.client()
                .call(
                        "db.dump",
                        words.params("TABLE"),
                        Duration.ZERO,
                        row -> session.out().append(Json.compact(row.fields())).append('\n'));
        return ExitCode.OK;
    }
}
