package dev.homeostat.api.plugin;

import java.time.Duration;

/** A metric of how often and how long. Safe for all threads. */
public interface Stopwatch {
    /** Adds one measured time, not negative. */
    void record(Duration duration);
}
