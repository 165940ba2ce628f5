package dev.homeostat.host.pf4j;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.lang.module.Configuration;
import java.lang.module.FindException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolutionException;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Makes module layers of bundles. A plugin's own modules win over those of its dependencies, and those of the boot layer over all: what is there is there
 * once.
 */
final class PluginModules {
    private final BootPlatform platform;
    private final Set<Module> friends;

    /** @param friends modules of the host that may look into a plugin's packages: those that bind records and inject */
    PluginModules(BootPlatform platform, Set<Module> friends) {
        this.platform = platform;
        this.friends = Set.copyOf(friends);
    }

    /**
     * The layer of a plugin.
     *
     * @throws NoModuleException if its jars cannot be modules, and do not claim to be
     * @throws PluginRefusedException if they claim to be and are not
     */
    LoadedCode load(String name, Bundle bundle, List<LoadedCode> dependencies) throws NoModuleException {
        boolean declared = false;
        try {
            ModuleReference main = only(bundle.jar());
            declared = !main.descriptor().isAutomatic();
            return define(name, main, bundle, dependencies);
        } catch (FindException | ResolutionException | LayerInstantiationException e) {
            if (declared) {
                throw new PluginRefusedException("its module cannot be resolved: " + e.getMessage(), e);
            }
            throw new NoModuleException(rootMessage(e), e);
        }
    }

    private LoadedCode define(String name, ModuleReference main, Bundle bundle, List<LoadedCode> dependencies) {
        String mainName = main.descriptor().name();
        if (platform.has(mainName)) {
            throw new PluginRefusedException("its module " + mainName + " has the name of one of the host's");
        }
        Map<String, Path> jars = new HashMap<>();
        jars.put(mainName, bundle.jar());
        for (Path library : bundle.libraries()) {
            String module = only(library).descriptor().name();
            Path other = platform.has(module) ? library : jars.putIfAbsent(module, library);
            if (other != null && !platform.has(module)) {
                throw new FindException(
                        "module " + module + " is in " + other.getFileName() + " and in " + library.getFileName());
            }
        }
        List<ModuleLayer> parents = parents(dependencies);
        Configuration configuration = Configuration.resolve(
                ModuleFinder.of(jars.values().toArray(Path[]::new)),
                parents.stream().map(ModuleLayer::configuration).toList(),
                ModuleFinder.of(),
                jars.keySet());
        PluginClasses loader = loader(name, dependencies, jars);
        ModuleLayer.Controller controller = ModuleLayer.defineModules(configuration, parents, module -> loader);
        controller.layer().modules().forEach(module -> befriend(controller, module));
        String isolation = main.descriptor().isAutomatic()
                ? "module layer (automatic module " + mainName + ": the jar has no module-info)"
                : "module layer";
        return new LoadedCode(loader, isolation, Optional.of(controller.layer()), Optional.of(mainName), dependencies);
    }

    private PluginClasses loader(String name, List<LoadedCode> dependencies, Map<String, Path> jarOfModule) {
        Map<String, URL> urls = new HashMap<>();
        Set<String> packages = new HashSet<>();
        jarOfModule.forEach((module, jar) -> {
            urls.put(module, PluginClasses.url(jar));
            packages.addAll(only(jar).descriptor().packages());
        });
        return new PluginClasses(
                name,
                platform.loader(),
                urls.values().toArray(URL[]::new),
                packages,
                LoadedCode.packagesOf(dependencies),
                urls);
    }

    private List<ModuleLayer> parents(List<LoadedCode> dependencies) {
        List<ModuleLayer> parents = new ArrayList<>();
        dependencies.forEach(dependency -> dependency.layer().ifPresent(parents::add));
        parents.add(platform.layer());
        return parents;
    }

    private void befriend(ModuleLayer.Controller controller, Module module) {
        if (!module.getDescriptor().isAutomatic() && !module.getDescriptor().isOpen()) {
            for (String name : module.getPackages()) {
                friends.forEach(friend -> controller.addOpens(module, name, friend));
            }
        }
    }

    private static ModuleReference only(Path jar) {
        return ModuleFinder.of(jar).findAll().iterator().next();
    }

    /** The provider that a plugin's own module declares. */
    static List<String> providers(ModuleDescriptor descriptor, String service) {
        return descriptor.provides().stream()
                .filter(provides -> provides.service().equals(service))
                .flatMap(provides -> provides.providers().stream())
                .toList();
    }

    private static String rootMessage(Throwable error) {
        Throwable root = error;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root.getMessage());
    }

    /** Jars without a module descriptor cannot even be automatic modules. */
    static final class NoModuleException extends Exception {
        private static final long serialVersionUID = 1L;

        NoModuleException(String reason, Throwable cause) {
            super(reason, cause);
        }
    }
}
