package dev.homeostat.host.metrics;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A plugin's gauge, kept from hurting who reads it: what it throws becomes NaN, and its value a {@link Long} or {@link Double}, since a number of the plugin's
 * own class could not be read by anybody else and would pin its loader.
 */
final class ContainedGauge implements Supplier<Number> {
    private static final Logger LOG = LoggerFactory.getLogger(ContainedGauge.class);

    private final String plugin;
    private final String name;
    private final Supplier<? extends Number> value;
    private final AtomicBoolean complained = new AtomicBoolean();

    ContainedGauge(String plugin, String name, Supplier<? extends Number> value) {
        this.plugin = plugin;
        this.name = name;
        this.value = value;
    }

    @Override
    public Number get() {
        try {
            Number number = value.get();
            if (number instanceof Long
                    || number instanceof Integer
                    || number instanceof Short
                    || number instanceof Byte) {
                return number.longValue();
            }
            return number.doubleValue();
        } catch (RuntimeException | Error e) { // a plugin's code may throw anything
            if (complained.compareAndSet(false, true)) {
                LOG.warn("plugin \"{}\": gauge \"{}\" failed; it reads as NaN, and this is said once", plugin, name, e);
            }
            return Double.NaN;
        }
    }
}
