package dev.homeostat.host.leak;

import com.codahale.metrics.MetricRegistry;
import java.util.function.Consumer;

/** Metrics in the host's registry, by their class and by what they are made of. */
final class MetricPins implements PinFinder {
    private final MetricRegistry registry;

    MetricPins(MetricRegistry registry) {
        this.registry = registry;
    }

    @Override
    public void find(Suspect suspect, Consumer<Pin> found) {
        registry.getMetrics().forEach((name, metric) -> {
            if (Reach.reaches(metric, suspect)) {
                found.accept(new Pin(
                        "metric \"" + name + "\" in the host's registry",
                        "make it with ctx.gauge, ctx.counter or ctx.stopwatch, which go with the plugin"));
            }
        });
    }
}
