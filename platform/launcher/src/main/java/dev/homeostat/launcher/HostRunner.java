package dev.homeostat.launcher;

/** The host as the launcher sees it: found by {@link java.util.ServiceLoader} in the host's layer. */
public interface HostRunner {
    /**
     * Runs the host in the foreground until it is told to stop.
     *
     * @return the exit code of the process: 0 after an orderly stop, 1 after a failure, 78 for a bad configuration
     */
    int run(Launch launch);

    /**
     * Answers questions that need the host's rules and no host that runs: requests of the control protocol on standard input, one a line, until its end; the
     * answers go to standard output. Takes nothing, starts nothing, and runs no code of a plugin.
     *
     * @return the exit code of the process: 0 when every request was answered, be it with an error
     */
    int answer(Launch launch);
}
