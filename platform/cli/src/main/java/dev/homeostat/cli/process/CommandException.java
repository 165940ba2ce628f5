package dev.homeostat.cli.process;

import dev.homeostat.cli.wire.Doc;

/** Ends the command with a message on standard error and an exit code. */
public final class CommandException extends Exception {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final String code;
    private final String hint;
    private final transient Doc details;

    /** @param hint the way out; empty when there is nothing to say */
    public CommandException(int exitCode, String message, String hint) {
        this(exitCode, "", message, hint, Doc.EMPTY);
    }

    private CommandException(int exitCode, String code, String message, String hint, Doc details) {
        super(message);
        this.exitCode = exitCode;
        this.code = code;
        this.hint = hint;
        this.details = details;
    }

    /** What the host of that home answered with. */
    public static CommandException ofHost(Doc error, Home home) {
        return new CommandException(
                ExitCode.FAILURE,
                error.text("code"),
                error.text("message"),
                home.asking(error.text("hint")),
                error.doc("details"));
    }

    /** The host's code of the error; empty when it is not the host's. */
    public String code() {
        return code;
    }

    public int exitCode() {
        return exitCode;
    }

    public String hint() {
        return hint;
    }

    /** What else the host has said of it, for programs; mostly empty. */
    public Doc details() {
        return details;
    }
}
