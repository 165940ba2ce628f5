package dev.homeostat.host;

import com.codahale.metrics.Gauge;
import com.codahale.metrics.MetricRegistry;
import com.codahale.metrics.Timer;
import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.Stopwatch;
import dev.homeostat.host.plugin.PluginMetrics;
import java.util.function.Supplier;

/** Plugins' metrics in the host's registry, as {@code plugins.<id>.<name>}. */
record RegistryMetrics(MetricRegistry registry) implements PluginMetrics {
    @Override
    public Counter counter(String plugin, String name) {
        com.codahale.metrics.Counter counter = new com.codahale.metrics.Counter();
        registry.register(fullName(plugin, name), counter);
        return counter::inc;
    }

    @Override
    public Stopwatch stopwatch(String plugin, String name) {
        Timer timer = new Timer();
        registry.register(fullName(plugin, name), timer);
        return timer::update;
    }

    @Override
    public void gauge(String plugin, String name, Supplier<? extends Number> value) {
        registry.register(fullName(plugin, name), (Gauge<Number>) value::get);
    }

    @Override
    public void remove(String plugin, String name) {
        registry.remove(fullName(plugin, name));
    }

    private static String fullName(String plugin, String name) {
        return MetricRegistry.name("plugins", plugin, name);
    }
}
