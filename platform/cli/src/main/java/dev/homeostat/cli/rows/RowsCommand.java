package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.wire.Doc;
import java.time.Duration;
import java.util.List;

/** {@code homeostat db show|list|prefix|lowerbound}: rows with their status. */
public final class RowsCommand {
    private RowsCommand() {}

    public static int show(Session session, Words words) throws CommandException {
        return run("db.show", session, words);
    }

    public static int list(Session session, Words words) throws CommandException {
        return run("db.list", session, words);
    }

    public static int prefix(Session session, Words words) throws CommandException {
        return run("db.prefix", session, words);
    }

    public static int lowerbound(Session session, Words words) throws CommandException {
        return run("db.lowerbound", session, words);
    }

    private static int run(String method, Session session, Words words) throws CommandException {
        List<String> columns = Selection.columns(words);
        RowPrinter printer =
                session.json() ? new JsonRows(session.out(), columns) : new RowGrid(session.screen(), columns);
        Doc end = session.client()
                .call(method, Selection.params(words, "TABLE", "KEY", "--index"), Duration.ZERO, printer::row);
        printer.end(end);
        return ExitCode.OK;
    }
}
