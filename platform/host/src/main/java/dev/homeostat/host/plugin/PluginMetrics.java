package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.Stopwatch;
import java.util.function.Supplier;

/** Where the metrics of plugins are kept. Safe for all threads. */
public interface PluginMetrics {
    /** A new counter. */
    Counter counter(String plugin, String name);

    /** A new timer. */
    Stopwatch stopwatch(String plugin, String name);

    /** Publishes a value that is asked for. */
    void gauge(String plugin, String name, Supplier<? extends Number> value);

    /** Takes a metric away, with all that it held. */
    void remove(String plugin, String name);
}
