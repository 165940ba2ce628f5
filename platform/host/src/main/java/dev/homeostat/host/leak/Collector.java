package dev.homeostat.host.leak;

/** Asks the JVM for garbage collections. Each waits for its end. */
public interface Collector {
    /** Collects beside the running threads, as far as it can. */
    void collect();

    /** Collects all that is unreachable, however long the process stands still for that. */
    void collectAll();
}
