package dev.homeostat.api.plugin;

/** A metric that only grows. Safe for all threads. */
public interface Counter {
    /** Adds that much, at least 0. */
    void add(long amount);

    /** Adds one. */
    default void increment() {
        add(1);
    }
}
