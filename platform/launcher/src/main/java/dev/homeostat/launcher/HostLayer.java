package dev.homeostat.launcher;

import dev.homeostat.api.db.internal.EngineLayer;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The module layer of the host and its libraries. It lies beside the plugins' layers, over the boot layer: a plugin cannot name anything in it, so the
 * host's libraries can never clash with a plugin's.
 */
final class HostLayer {
    private static final String HOST_MODULE = "dev.homeostat.host";
    private static final String ENGINE_MODULE = "dev.homeostat.statedb";

    private HostLayer() {}

    /**
     * Makes the layer from all modules in a directory.
     *
     * @return the host that one of them provides; null when none does
     * @throws java.lang.module.FindException when the directory holds a jar that is no module, or two of the same name
     */
    static @Nullable HostRunner open(Path directory) {
        ModuleFinder jars = ModuleFinder.of(directory);
        Set<String> names = jars.findAll().stream()
                .map(ModuleReference::descriptor)
                .map(descriptor -> descriptor.name())
                .collect(Collectors.toSet());
        ModuleLayer boot = ModuleLayer.boot();
        // The boot layer goes first: a module that is in both is loaded once, and is the same for host and plugins.
        Configuration configuration = boot.configuration().resolveAndBind(ModuleFinder.of(), jars, names);
        ModuleLayer layer = boot.defineModulesWithOneLoader(configuration, ClassLoader.getSystemClassLoader());
        layer.findModule(HOST_MODULE).ifPresent(HostLayer::exportTo);
        layer.findModule(ENGINE_MODULE).ifPresent(EngineLayer::exportTo);
        return ServiceLoader.load(layer, HostRunner.class).findFirst().orElse(null);
    }

    private static void exportTo(Module host) {
        // The declared export ends at the border of the boot layer: in a layer above it, no module has that name yet.
        HostLayer.class.getModule().addExports(HostLayer.class.getPackageName(), host);
        // What an operator who hunts a leak opened to this module on the command line, which cannot name the host's: it
        // is not of the boot layer.
        Module base = Object.class.getModule();
        if (base.isOpen("java.lang", HostLayer.class.getModule())) {
            base.addOpens("java.lang", host);
        }
    }
}
