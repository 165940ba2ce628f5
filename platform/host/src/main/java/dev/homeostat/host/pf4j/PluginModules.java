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
    private final ClassLoader parent;
    private final Set<Module> friends;

    /**
     * @param parent of the loaders of all layers
     * @param friends modules of the host that may look into a plugin's packages: those that bind records and inject
     */
    PluginModules(BootPlatform platform, ClassLoader parent, Set<Module> friends) {
        this.platform = platform;
        this.parent = parent;
        this.friends = Set.copyOf(friends);
    }

    /**
     * What the modules of a bundle come to.
     *
     * @param descriptor of the plugin's own module
     * @param jars by the names of the modules in them
     * @param configuration all of them, resolved upon the platform and the dependencies
     */
    record Resolution(ModuleDescriptor descriptor, Map<String, Path> jars, Configuration configuration) {
        String isolation() {
            return descriptor.isAutomatic()
                    ? "module layer (automatic module " + descriptor.name() + ": the jar has no module-info)"
                    : "module layer";
        }
    }

    /**
     * The layer of a plugin.
     *
     * @throws NoModuleException if its jars cannot be modules, and do not claim to be
     * @throws PluginRefusedException if they claim to be and are not
     */
    LoadedCode load(String name, Bundle bundle, List<LoadedCode> dependencies) throws NoModuleException {
        List<ModuleLayer> layers = parents(dependencies);
        Resolution resolution = resolve(
                bundle,
                layers.stream()
                        .limit(layers.size() - 1)
                        .map(ModuleLayer::configuration)
                        .toList());
        try {
            return define(name, resolution, dependencies, layers);
        } catch (LayerInstantiationException e) {
            throw refusal(resolution.descriptor(), e);
        }
    }

    /**
     * Finds and resolves the modules of a bundle, and makes nothing of them.
     *
     * @param dependencies the modules of the plugins that it needs, nearest first
     * @throws NoModuleException if its jars cannot be modules, and do not claim to be
     * @throws PluginRefusedException if they claim to be and are not
     */
    Resolution resolve(Bundle bundle, List<Configuration> dependencies) throws NoModuleException {
        Optional<ModuleDescriptor> main = Optional.empty();
        try {
            main = Optional.of(only(bundle.jar()).descriptor());
            return resolve(main.get(), bundle, dependencies);
        } catch (FindException | ResolutionException e) {
            if (main.isEmpty()) {
                throw new NoModuleException(rootMessage(e), e);
            }
            throw refusal(main.get(), e);
        }
    }

    /** A module that was declared is refused; of a jar that only might have been one, the classes may do. */
    private static PluginRefusedException refusal(ModuleDescriptor main, RuntimeException cause)
            throws NoModuleException {
        if (main.isAutomatic()) {
            throw new NoModuleException(rootMessage(cause), cause);
        }
        return new PluginRefusedException("its module cannot be resolved: " + cause.getMessage(), cause);
    }

    private Resolution resolve(ModuleDescriptor main, Bundle bundle, List<Configuration> dependencies) {
        if (platform.has(main.name())) {
            throw new PluginRefusedException(
                    "its module " + main.name() + " has the name of one of the host's", "give it another name");
        }
        Map<String, Path> jars = new HashMap<>();
        jars.put(main.name(), bundle.jar());
        for (Path library : bundle.libraries()) {
            String module = only(library).descriptor().name();
            Path other = platform.has(module) ? library : jars.putIfAbsent(module, library);
            if (other != null && !platform.has(module)) {
                throw new FindException(
                        "module " + module + " is in " + other.getFileName() + " and in " + library.getFileName());
            }
        }
        List<Configuration> parents = new ArrayList<>(dependencies);
        parents.add(platform.layer().configuration());
        ModuleFinder finder = ModuleFinder.of(jars.values().toArray(Path[]::new));
        checkPackages(finder);
        if (!main.isAutomatic()) {
            checkRequired(finder, parents);
        }
        return new Resolution(main, jars, Configuration.resolve(finder, parents, ModuleFinder.of(), jars.keySet()));
    }

    /** One loader has them all, so a package can be in one of them only, also when none of them reads the other. */
    private static void checkPackages(ModuleFinder finder) {
        Map<String, String> modules = new HashMap<>();
        for (ModuleReference reference : finder.findAll()) {
            for (String name : reference.descriptor().packages()) {
                String other = modules.putIfAbsent(name, reference.descriptor().name());
                if (other != null) {
                    throw new ResolutionException("package " + name + " is in modules " + other + " and "
                            + reference.descriptor().name() + ", and may be in one only");
                }
            }
        }
    }

    /** Says all that is missing, where resolution would name the first. */
    private static void checkRequired(ModuleFinder finder, List<Configuration> parents) {
        List<String> missing = new ArrayList<>();
        for (ModuleReference reference : finder.findAll()) {
            for (ModuleDescriptor.Requires requires : reference.descriptor().requires()) {
                String name = requires.name();
                if (!requires.modifiers().contains(ModuleDescriptor.Requires.Modifier.STATIC)
                        && finder.find(name).isEmpty()
                        && parents.stream()
                                .noneMatch(parent -> parent.findModule(name).isPresent())) {
                    missing.add(name + " (required by " + reference.descriptor().name() + ")");
                }
            }
        }
        if (!missing.isEmpty()) {
            missing.sort(null);
            throw new PluginRefusedException(
                    "its module cannot be resolved: neither the JDK, nor the API, nor the plugins that it needs, nor"
                            + " its own META-INF/lib have " + String.join(", ", missing),
                    "bundle it in META-INF/lib, or name the plugin that has it in Plugin-Dependencies (one that runs"
                            + " without a module cannot be required)");
        }
    }

    private LoadedCode define(
            String name, Resolution resolution, List<LoadedCode> dependencies, List<ModuleLayer> parents) {
        PluginClasses loader = loader(name, dependencies, resolution.jars());
        ModuleLayer.Controller controller =
                ModuleLayer.defineModules(resolution.configuration(), parents, module -> loader);
        controller.layer().modules().forEach(module -> befriend(controller, module));
        return new LoadedCode(
                loader,
                resolution.isolation(),
                Optional.of(controller.layer()),
                Optional.of(resolution.descriptor().name()),
                dependencies);
    }

    private PluginClasses loader(String name, List<LoadedCode> dependencies, Map<String, Path> jarOfModule) {
        Map<String, URL> urls = new HashMap<>();
        Set<String> packages = new HashSet<>();
        jarOfModule.forEach((module, jar) -> {
            urls.put(module, PluginClasses.url(jar));
            packages.addAll(only(jar).descriptor().packages());
        });
        return new PluginClasses(
                name, parent, urls.values().toArray(URL[]::new), packages, LoadedCode.packagesOf(dependencies), urls);
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
