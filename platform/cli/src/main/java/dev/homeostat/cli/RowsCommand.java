package dev.homeostat.cli;

/** {@code homeostat db show|list|prefix|lowerbound}: rows with their status. */
final class RowsCommand {
    private RowsCommand() {}

    static int show(Session session, Words words) throws CommandException {
        return run("db.show", session, words);
    }

    static int list(Session session, Words words) throws CommandException {
        return run("db.list", session, words);
    }

    static int prefix(Session session, Words words) throws CommandException {
        return run("db.prefix", session, words);
    }

    static int lowerbound(Session session, Words words) throws CommandException {
        return run("db.lowerbound", session, words);
    }

    private static int run(String method, Session session, Words words) throws CommandException {
        RowPrinter printer = session.json() ? new JsonRows(session.out()) : new RowGrid(session.screen());
        Doc end = session.client()
                .call(method, words.params("TABLE", "KEY", "--index"), java.time.Duration.ZERO, printer::row);
        printer.end(end);
        return ExitCode.OK;
    }
}
