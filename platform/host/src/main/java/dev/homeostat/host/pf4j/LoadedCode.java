package dev.homeostat.host.pf4j;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A loaded plugin as the next one sees it.
 *
 * @param loader of all of its classes
 * @param isolation how it is kept apart, for people
 * @param layer its layer, where it has one
 * @param module the name of its own module, where it is one
 * @param dependencies the plugins that it was loaded upon
 */
record LoadedCode(
        PluginClasses loader,
        String isolation,
        Optional<ModuleLayer> layer,
        Optional<String> module,
        List<LoadedCode> dependencies) {
    LoadedCode {
        dependencies = List.copyOf(dependencies);
    }

    /** Who loads the packages of these plugins and of those beneath them; the nearest one that has a package. */
    static Map<String, ClassLoader> packagesOf(List<LoadedCode> plugins) {
        Map<String, ClassLoader> loaders = new HashMap<>();
        for (LoadedCode plugin : plugins) {
            plugin.loader().packages().forEach(name -> loaders.putIfAbsent(name, plugin.loader()));
        }
        for (LoadedCode plugin : plugins) {
            packagesOf(plugin.dependencies()).forEach(loaders::putIfAbsent);
        }
        return loaders;
    }
}
