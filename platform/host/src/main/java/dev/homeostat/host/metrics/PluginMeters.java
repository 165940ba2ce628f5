package dev.homeostat.host.metrics;

import com.codahale.metrics.Metric;
import com.codahale.metrics.Timer;
import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.Stopwatch;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

/**
 * The metrics that plugins contribute, as {@code plugins.ID/NAME}. Nothing of a plugin's is left in the registry once it is removed: a metric would pin its
 * class loader. Safe for all threads.
 */
public final class PluginMeters {
    private final MetricBook book;
    private final Consumer<String> gaugeFailed;
    private final Map<String, Map<String, MetricBook.Entry>> plugins = new HashMap<>(); // guarded by this

    /** @param gaugeFailed is told the id of a plugin of which a gauge could not be read */
    PluginMeters(MetricBook book, Consumer<String> gaugeFailed) {
        this.book = book;
        this.gaugeFailed = gaugeFailed;
    }

    /**
     * Makes a counter.
     *
     * @throws IllegalArgumentException if the plugin has a metric of that name
     */
    public Counter counter(String plugin, String name) {
        com.codahale.metrics.Counter counter = new com.codahale.metrics.Counter();
        add(Figure.OF_PLUGIN_EVENTS, plugin, name, counter);
        return counter::inc;
    }

    /**
     * Makes a timer.
     *
     * @throws IllegalArgumentException if the plugin has a metric of that name
     */
    public Stopwatch stopwatch(String plugin, String name) {
        Timer timer = new SummedTimer();
        add(Figure.OF_PLUGIN_DURATION, plugin, name, timer);
        return timer::update;
    }

    /**
     * Publishes a value that is asked for when somebody looks. One that throws, or is not there within a second, reads as NaN, and is logged once.
     *
     * @throws IllegalArgumentException if the plugin has a metric of that name
     */
    public void gauge(String plugin, String name, PluginGauge gauge) {
        add(
                Figure.OF_PLUGIN_VALUE,
                plugin,
                name,
                new ContainedGauge(plugin, name, gauge, () -> gaugeFailed.accept(plugin)));
    }

    private synchronized void add(Figure figure, String plugin, String name, Metric metric) {
        MetricBook.Entry entry = new MetricBook.Entry(figure, plugin + "/" + name, metric);
        book.add(figure, entry.of(), metric);
        plugins.computeIfAbsent(plugin, id -> new HashMap<>()).put(name, entry);
    }

    /** Removes one metric; does nothing when there is none of that name. */
    public synchronized void remove(String plugin, String name) {
        Map<String, MetricBook.Entry> metrics = plugins.get(plugin);
        MetricBook.Entry entry = metrics == null ? null : metrics.remove(name);
        if (entry != null) {
            end(entry);
        }
    }

    /** Removes all metrics of the plugin. */
    public synchronized void removeAll(String plugin) {
        Map<String, MetricBook.Entry> metrics = plugins.remove(plugin);
        if (metrics != null) {
            metrics.values().forEach(this::end);
        }
    }

    private void end(MetricBook.Entry entry) {
        book.remove(entry.figure(), entry.of());
        if (entry.metric() instanceof ContainedGauge gauge) {
            gauge.close();
        }
    }
}
