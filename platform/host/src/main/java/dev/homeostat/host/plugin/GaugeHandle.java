package dev.homeostat.host.plugin;

import dev.homeostat.host.metrics.PluginGauge;
import java.util.function.Supplier;

/**
 * A gauge of a plugin as the host asks it. Its value becomes a {@link Long} or {@link Double}: a number of the plugin's own class could not be read by anybody
 * else, and would pin its loader.
 */
record GaugeHandle(PluginThread around, Supplier<? extends Number> value) implements PluginGauge {
    @Override
    public Number read() throws Throwable {
        try {
            return around.call(null, this::plain);
        } catch (Throwable e) { // plugin code may throw anything
            throw Thrown.safe(e);
        }
    }

    private Number plain() {
        Number number = value.get();
        if (number instanceof Long || number instanceof Integer || number instanceof Short || number instanceof Byte) {
            return number.longValue();
        }
        return number.doubleValue();
    }

    @Override
    public void abandoned(Thread thread) {
        around.abandoned(thread);
    }

    @Override
    public void ended(Thread thread) {
        around.ended(thread);
    }
}
