package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.Plugin;

/**
 * The classes of a plugin.
 *
 * @param loader loads them, and nobody else's
 * @param isolation how they are kept apart, with the reason where it is not the best way
 * @param pluginClass the class that implements {@link Plugin}
 */
public record PluginCode(ClassLoader loader, String isolation, Class<? extends Plugin> pluginClass) {}
