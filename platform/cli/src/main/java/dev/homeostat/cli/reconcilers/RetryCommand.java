package dev.homeostat.cli.reconcilers;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.wire.Doc;

/** {@code homeostat reconcilers retry}. */
public final class RetryCommand {
    private RetryCommand() {}

    public static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.retry", words.params("NAME", "KEY"));
        session.printDone(answer);
        return ExitCode.OK;
    }
}
