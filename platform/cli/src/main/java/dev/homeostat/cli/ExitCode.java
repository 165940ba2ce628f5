package dev.homeostat.cli;

/** What the command's exit code says. */
final class ExitCode {
    static final int OK = 0;
    /** It was tried and failed, or something is degraded. */
    static final int FAILURE = 1;
    /** The words make no sense. */
    static final int USAGE = 2;
    /** No host answers. */
    static final int NO_HOST = 3;
    /** The configuration is not right. */
    static final int BAD_CONFIGURATION = 78;

    private ExitCode() {}
}
