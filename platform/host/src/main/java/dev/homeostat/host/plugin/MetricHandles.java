package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.Counter;
import dev.homeostat.api.plugin.HealthReporter;
import dev.homeostat.api.plugin.Stopwatch;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A plugin's metrics and health lines: what it is given, and the contribution that brings it to life. */
final class MetricHandles {
    private final Leash leash;
    private final HostServices services;
    private final PluginThread around;

    MetricHandles(Leash leash, HostServices services, PluginThread around) {
        this.leash = leash;
        this.services = services;
        this.around = around;
    }

    Counter counter(String name, PluginScope scope) {
        Slot<Counter> slot = new Slot<>("counter \"" + name + "\"");
        scope.add(slot.contribution(() -> services.metrics().counter(leash.plugin(), name), name));
        return amount -> {
            if (amount < 0) {
                throw new IllegalArgumentException(slot.thing + ": only grows, but " + amount + " was to be added");
            }
            slot.get().add(amount);
        };
    }

    Stopwatch stopwatch(String name, PluginScope scope) {
        Slot<Stopwatch> slot = new Slot<>("stopwatch \"" + name + "\"");
        scope.add(slot.contribution(() -> services.metrics().stopwatch(leash.plugin(), name), name));
        return (Duration duration) -> slot.get().record(duration);
    }

    Contribution gauge(String name, Supplier<? extends Number> value) {
        return new OtherContribution(
                "gauge \"" + name + "\"",
                () -> services.metrics().gauge(leash.plugin(), name, new GaugeHandle(around, value)),
                () -> services.metrics().remove(leash.plugin(), name));
    }

    HealthReporter health(String name, PluginScope scope) {
        HealthHandle handle = new HealthHandle(leash, services.health(), name);
        scope.add(handle.contribution());
        return handle;
    }

    /** Holds a metric while its plugin is active. */
    private final class Slot<M> {
        private final String thing;
        private volatile @Nullable M metric;

        Slot(String thing) {
            this.thing = thing;
        }

        M get() {
            leash.checkActive(thing);
            M current = metric;
            if (current == null) {
                throw leash.gone(thing);
            }
            return current;
        }

        Contribution contribution(Supplier<M> make, String name) {
            return new OtherContribution(thing, () -> metric = make.get(), () -> {
                metric = null;
                services.metrics().remove(leash.plugin(), name);
            });
        }
    }
}
