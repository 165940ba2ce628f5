package dev.homeostat.launcher;

/** What the process can end with before there is a host to say it. */
final class ExitCode {
    static final int OK = 0;
    static final int FAILURE = 1;
    static final int USAGE = 2;

    private ExitCode() {}
}
