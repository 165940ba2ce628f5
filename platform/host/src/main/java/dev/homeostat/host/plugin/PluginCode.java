package dev.homeostat.host.plugin;

import dev.homeostat.api.plugin.Plugin;
import java.nio.file.Path;

/**
 * The classes of one loaded version of a plugin. Each is another one, also of the same plugin.
 *
 * @param id the plugin's
 * @param loader loads them, and nobody else's
 * @param isolation how they are kept apart, with the reason where it is not the best way
 * @param pluginClass the class that implements {@link Plugin}
 * @param copy the private copy of the jar; it is there until the classes are given up
 */
public record PluginCode(
        String id, ClassLoader loader, String isolation, Class<? extends Plugin> pluginClass, Path copy) {}
