package dev.homeostat.cli.process;

/** What the command's exit code says. */
public final class ExitCode {
    public static final int OK = 0;
    /** It was tried and failed, or something is degraded. */
    public static final int FAILURE = 1;
    /** The words make no sense. */
    public static final int USAGE = 2;
    /** No host answers. */
    public static final int NO_HOST = 3;
    /** The configuration is not right. */
    public static final int BAD_CONFIGURATION = 78;

    /** Ctrl-C ended it, as shells say it. */
    public static final int INTERRUPTED = 130;

    /** Nobody reads any more what it prints, as shells say it of what the signal for that ends. */
    public static final int UNWANTED = 141;

    private ExitCode() {}
}
