package dev.homeostat.host.metrics;

import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import java.util.Collection;
import java.util.Collections;
import java.util.concurrent.ConcurrentHashMap;

/** All metrics that there are now, each with what it is. Safe for all threads. */
final class MetricBook {
    private final MetricRegistry registry = new MetricRegistry();
    private final ConcurrentHashMap<String, Entry> entries = new ConcurrentHashMap<>();

    /**
     * A metric.
     *
     * @param figure what it is
     * @param of the name of what it is about; empty where there is but one
     * @param metric where its values are
     */
    record Entry(Figure figure, String of, Metric metric) {}

    /** @throws IllegalArgumentException if there is one of that name */
    synchronized <M extends Metric> M add(Figure figure, String of, M metric) {
        String name = figure.of(of);
        if (entries.putIfAbsent(name, new Entry(figure, of, metric)) != null) {
            throw new IllegalArgumentException("metric \"" + name + "\" already exists: choose another name");
        }
        return registry.register(name, metric);
    }

    /** Removes it; does nothing when it is not there. */
    synchronized void remove(Figure figure, String of) {
        String name = figure.of(of);
        if (entries.remove(name) != null) {
            registry.remove(name);
        }
    }

    /** All of them, in no order; what comes or goes meanwhile may be there. */
    Collection<Entry> entries() {
        return Collections.unmodifiableCollection(entries.values());
    }

    /** The same for reporters. */
    MetricRegistry registry() {
        return registry;
    }
}
