package dev.homeostat.host.metrics;

import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.Stopwatch;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/**
 * The metrics that plugins contribute, as {@code plugins.ID/NAME}. Nothing of a plugin's is left in the registry once it is removed: a metric would pin its
 * class loader. Safe for all threads.
 */
public final class PluginMeters {
    private final MetricRegistry registry;
    private final ConcurrentHashMap<String, MetricGroup> groups = new ConcurrentHashMap<>();

    PluginMeters(MetricRegistry registry) {
        this.registry = registry;
    }

    /**
     * Makes a counter.
     *
     * @throws IllegalArgumentException if the plugin has a metric of that name
     */
    public Counter counter(String plugin, String name) {
        return group(plugin).counter(name)::inc;
    }

    /**
     * Makes a timer.
     *
     * @throws IllegalArgumentException if the plugin has a metric of that name
     */
    public Stopwatch stopwatch(String plugin, String name) {
        Timer timer = group(plugin).timer(name);
        return timer::update;
    }

    /**
     * Publishes a value that is asked for when somebody looks. One that throws reads as NaN, and is logged once.
     *
     * @throws IllegalArgumentException if the plugin has a metric of that name
     */
    public void gauge(String plugin, String name, Supplier<? extends Number> value) {
        group(plugin).gauge(name, new ContainedGauge(plugin, name, value));
    }

    /** Removes one metric; does nothing when there is none of that name. */
    public void remove(String plugin, String name) {
        MetricGroup group = groups.get(plugin);
        if (group != null) {
            group.remove(name);
        }
    }

    /** Removes all metrics of the plugin. */
    public void removeAll(String plugin) {
        MetricGroup group = groups.remove(plugin);
        if (group != null) {
            group.close();
        }
    }

    private MetricGroup group(String plugin) {
        return groups.computeIfAbsent(plugin, id -> new MetricGroup(registry, "plugins." + id + "/"));
    }
}
