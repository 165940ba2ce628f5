package dev.homeostat.api.plugin;

/** One line in the host's health. Safe for all threads. */
public interface HealthReporter {
    /** All is well; the message is for people. */
    void ok(String message);

    /** Something is wrong; the message says what and what to do. The host counts as degraded until the next {@link #ok}. */
    void degraded(String message);
}
