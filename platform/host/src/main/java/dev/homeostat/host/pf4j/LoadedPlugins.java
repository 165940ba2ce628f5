package dev.homeostat.host.pf4j;

import java.nio.file.Path;
import java.util.List;
import org.pf4j.AbstractPluginManager;
import org.pf4j.DefaultExtensionFactory;
import org.pf4j.DefaultVersionManager;
import org.pf4j.ExtensionFactory;
import org.pf4j.ExtensionFinder;
import org.pf4j.Plugin;
import org.pf4j.PluginDescriptorFinder;
import org.pf4j.PluginFactory;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRepository;
import org.pf4j.PluginStatusProvider;
import org.pf4j.VersionManager;

/**
 * PF4J's list of loaded plugins. It never looks for jars, never calls a plugin, and keeps no state of its own on disk.
 *
 * <p>Its super constructor calls the factory methods below before this class's body has run, so what they need is set first.
 */
final class LoadedPlugins extends AbstractPluginManager {
    private final PluginLoader loader;

    LoadedPlugins(String apiVersion, PluginLoader loader) {
        this.loader = loader;
        super(List.of(Path.of("plugins"))); // never looked into; an empty list would make PF4J look for one
        setSystemVersion(apiVersion);
    }

    /** Takes the plugin off the list and closes its class loader; neither stops nor resolves others. */
    void forget(String id) {
        unloadPlugin(id, false, false);
    }

    /** Nothing to resolve: what a plugin needs is loaded by another one of these, and was ordered and checked before. */
    @Override
    protected void resolvePlugins() {}

    @Override
    protected PluginRepository createPluginRepository() {
        return new PluginRepository() {
            @Override
            public List<Path> getPluginPaths() {
                return List.of();
            }

            @Override
            public boolean deletePluginPath(Path pluginPath) {
                return false;
            }
        };
    }

    @Override
    protected PluginFactory createPluginFactory() {
        return wrapper -> new Plugin() {}; // plugin code runs elsewhere, on threads with deadlines
    }

    @Override
    protected ExtensionFactory createExtensionFactory() {
        return new DefaultExtensionFactory();
    }

    @Override
    protected PluginDescriptorFinder createPluginDescriptorFinder() {
        return new ManifestReader();
    }

    @Override
    protected ExtensionFinder createExtensionFinder() {
        return new NoExtensions();
    }

    @Override
    protected PluginStatusProvider createPluginStatusProvider() {
        return new PluginStatusProvider() {
            @Override
            public boolean isPluginDisabled(String pluginId) {
                return false;
            }

            @Override
            public void disablePlugin(String pluginId) {}

            @Override
            public void enablePlugin(String pluginId) {}
        };
    }

    @Override
    protected PluginLoader createPluginLoader() {
        return loader;
    }

    @Override
    protected VersionManager createVersionManager() {
        return new DefaultVersionManager();
    }
}
