package dev.homeostat.host.metrics;

import com.codahale.metrics.Counter;
import com.codahale.metrics.Gauge;
import com.codahale.metrics.LockFreeExponentiallyDecayingReservoir;
import com.codahale.metrics.Metric;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Supplier;

/** The metrics of one thing, all of which go when it goes. Safe for all threads. */
final class MetricGroup implements AutoCloseable {
    private final MetricRegistry registry;
    private final String prefix;
    private final Set<String> names = new HashSet<>(); // guarded by this

    /** @param prefix what all names begin with, the separator included */
    MetricGroup(MetricRegistry registry, String prefix) {
        this.registry = registry;
        this.prefix = prefix;
    }

    Counter counter(String name) {
        return add(name, new Counter());
    }

    Timer timer(String name) {
        return add(
                name, new Timer(LockFreeExponentiallyDecayingReservoir.builder().build()));
    }

    void gauge(String name, Supplier<? extends Number> value) {
        add(name, (Gauge<Number>) value::get);
    }

    private synchronized <M extends Metric> M add(String name, M metric) {
        String fullName = prefix + name;
        if (!names.add(fullName)) {
            throw new IllegalArgumentException("metric \"" + fullName + "\" already exists: choose another name");
        }
        return registry.register(fullName, metric);
    }

    synchronized void remove(String name) {
        if (names.remove(prefix + name)) {
            registry.remove(prefix + name);
        }
    }

    synchronized boolean isEmpty() {
        return names.isEmpty();
    }

    @Override
    public synchronized void close() {
        names.forEach(registry::remove);
        names.clear();
    }
}
