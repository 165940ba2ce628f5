package dev.homeostat.cli;

/** Ends the command with a message on standard error and an exit code. */
final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;
    private final String hint;

    /** @param hint the way out; empty when there is nothing to say */
    CommandException(int exitCode, String message, String hint) {
        this(exitCode, "", message, hint);
    }

    private CommandException(int exitCode, String code, String message, String hint) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.hint = hint;
    }

    /** What the host of that home answered with. */
    static CommandException ofHost(Doc error, Home home) {
        return new CommandException(
                ExitCode.FAILURE, error.text("code"), error.text("message"), home.asking(error.text("hint")));
    }

    /** The host's code of the error; empty when it is not the host's. */
    String code() {
        return code;
    }

    int exitCode() {
        return exitCode;
    }

    String hint() {
        return hint;
    }
}
