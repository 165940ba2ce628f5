package dev.homeostat.host.metrics;

/** A gauge of a plugin, to be asked on a thread of its own. */
@FunctionalInterface
public interface PluginGauge {
    /**
     * The value, as a number of the JDK. May take for ever.
     *
     * @throws Throwable whatever the plugin throws, safe to keep and to print
     */
    Number read() throws Throwable;

    /** Nobody waits any more for the thread that asks it. */
    default void abandoned(Thread thread) {}

    /** A thread that was abandoned has ended. */
    default void ended(Thread thread) {}
}
