package dev.homeostat.api.plugin;

import dev.homeostat.api.stability.ConsumerType;

/** Takes up a configuration that was changed while the plugin runs; see {@link PluginContext#config(Class, ConfigListener)}. */
@ConsumerType
@FunctionalInterface
public interface ConfigListener<C extends Record> {
    /**
     * The configuration was changed. Called on a thread of its own, for one change at a time, within the deadline that a plugin has to contribute
     * ({@code plugins.contribute-deadline}); it is interrupted when it takes longer, or when the plugin stops.
     *
     * @param before in force until now
     * @param now the changed one; differs from {@code before}
     * @return whether {@code now} is in force; false when that takes a new start of the plugin, and {@code before} is in force as it was
     * @throws Exception if {@code now} cannot be; the message is shown. Whoever throws has left {@code before} in force
     */
    boolean changed(C before, C now) throws Exception;
}
