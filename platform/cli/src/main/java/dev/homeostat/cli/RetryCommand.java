package dev.homeostat.cli;

/** {@code homeostat reconcilers retry}. */
final class RetryCommand {
    private RetryCommand() {}

    static int run(Session session, Words words) throws CommandException {
        Doc answer = session.client().call("reconcilers.retry", words.params("NAME", "KEY"));
        if (session.json()) {
            session.print(answer);
        } else {
            long retried = answer.number("retried");
            session.screen()
                    .line(
                            retried == 0
                                    ? "nothing fails"
                                    : retried + (retried == 1 ? " row is" : " rows are") + " tried "
                                            + (answer.text("heldBack").isEmpty()
                                                    ? "now"
                                                    : "as soon as " + (retried == 1 ? "it" : "they") + " may be: "
                                                            + Printable.of(answer.text("heldBack"))));
        }
        return ExitCode.OK;
    }
}
