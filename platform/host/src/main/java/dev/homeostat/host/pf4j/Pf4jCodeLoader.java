package dev.homeostat.host.pf4j;

import com.google.inject.Injector;
import dev.homeostat.host.plugin.CodeLoader;
import dev.homeostat.host.plugin.PluginCode;
import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginRefusedException;
import dev.homeostat.host.verify.JarGate;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.pf4j.PluginLoader;
import org.pf4j.PluginRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Loads plugins through PF4J, each from a private copy, into a module layer where that is possible. Used by the lifecycle thread only. */
public final class Pf4jCodeLoader implements CodeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(Pf4jCodeLoader.class);

    private final Versions versions;
    private final JarGate gate;
    private final Path copies;
    private final ParentClasses parent;
    private final PluginModules modules;
    private final LoadedPlugins plugins;
    private final Map<String, LoadedCode> loaded = new HashMap<>();
    private final Map<String, Bundle> bundles = new HashMap<>();
    private int loads;

    /**
     * @param platform what plugins sit on
     * @param apiVersion a semantic version other than 0.0.0
     * @param gate lets jars in
     * @param copies a directory of this loader's own, emptied now
     */
    public Pf4jCodeLoader(BootPlatform platform, String apiVersion, JarGate gate, Path copies) throws IOException {
        URLConnection.setDefaultUseCaches("jar", false); // else each reload leaves a file open
        Bundle.delete(copies);
        this.versions = new Versions(apiVersion);
        this.gate = gate;
        this.copies = copies;
        this.parent = new ParentClasses(platform);
        this.modules =
                new PluginModules(platform, Set.of(Pf4jCodeLoader.class.getModule(), Injector.class.getModule()));
        this.plugins = new LoadedPlugins(apiVersion, new FromBundle());
    }

    @Override
    public PluginDescriptor describe(Path jar) {
        return describe(new ManifestReader().find(jar));
    }

    static PluginDescriptor describe(org.pf4j.PluginDescriptor manifest) {
        List<PluginDescriptor.Dependency> dependencies = manifest.getDependencies().stream()
                .map(one -> new PluginDescriptor.Dependency(
                        one.getPluginId(), one.getPluginVersionSupport(), one.isOptional()))
                .toList();
        return new PluginDescriptor(
                manifest.getPluginId(), manifest.getVersion(), manifest.getRequires(), dependencies);
    }

    @Override
    public void verify(PluginDescriptor descriptor) {
        versions.problems(descriptor).stream().findFirst().ifPresent(problem -> {
            throw problem;
        });
    }

    @Override
    public boolean accepts(String range, String version) {
        return Versions.accepts(range, version);
    }

    @Override
    public PluginCode load(PluginDescriptor descriptor, Path jar) {
        String id = descriptor.id();
        if (bundles.containsKey(id)) {
            throw new IllegalStateException("plugin \"" + id + "\" is loaded already");
        }
        Path directory = copies.resolve(id + "-" + descriptor.version() + "-" + ++loads);
        try {
            Bundle bundle = Bundle.copy(jar, directory, id + "-" + descriptor.version(), gate);
            bundles.put(id, bundle);
            if (!describe(bundle.jar()).equals(descriptor)) {
                throw new PluginRefusedException("the jar was replaced while it was read: reload the plugin");
            }
            plugins.loadPlugin(bundle.jar());
            LoadedCode code = loaded.get(id);
            if (code == null) {
                throw new PluginRefusedException("PF4J did not load it");
            }
            return new PluginCode(code.loader(), code.isolation(), PluginClassFinder.find(code, bundle.jar()));
        } catch (PluginRefusedException e) {
            discard(id, directory);
            throw e;
        } catch (IOException | RuntimeException | LinkageError e) {
            discard(id, directory);
            throw new PluginRefusedException("it cannot be loaded: " + e, e);
        }
    }

    @Override
    public void unload(String id) {
        Bundle bundle = bundles.get(id);
        if (bundle != null) {
            discard(id, bundle.directory());
        }
    }

    private void discard(String id, Path directory) {
        try {
            plugins.forget(id);
        } catch (PluginRuntimeException e) {
            LOG.warn("plugin \"{}\": its files could not be closed", id, e);
        }
        LoadedCode code = loaded.remove(id);
        bundles.remove(id);
        try {
            if (code != null) {
                code.loader().close();
            }
            Bundle.delete(directory);
        } catch (IOException e) {
            LOG.warn("plugin \"{}\": its private copy {} could not be deleted", id, directory, e);
        }
    }

    @Override
    public void close() {
        List.copyOf(bundles.keySet()).forEach(this::unload);
        try {
            Bundle.delete(copies);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", copies, e);
        }
    }

    /** Called back by PF4J: makes the class loader of the bundle that is being loaded. */
    private final class FromBundle implements PluginLoader {
        @Override
        public boolean isApplicable(Path path) {
            return true;
        }

        @Override
        public ClassLoader loadPlugin(Path path, org.pf4j.PluginDescriptor manifest) {
            String id = manifest.getPluginId();
            Bundle bundle = bundles.get(id);
            if (bundle == null) {
                throw new PluginRefusedException("it has no private copy");
            }
            List<LoadedCode> dependencies = new ArrayList<>();
            manifest.getDependencies().stream()
                    .map(dependency -> loaded.get(dependency.getPluginId()))
                    .filter(Objects::nonNull)
                    .forEach(dependencies::add);
            LoadedCode code = code(id, bundle, dependencies);
            loaded.put(id, code);
            return code.loader();
        }

        private LoadedCode code(String id, Bundle bundle, List<LoadedCode> dependencies) {
            try {
                return modules.load(id, bundle, dependencies);
            } catch (PluginModules.NoModuleException e) {
                return PlainClasses.load(id, bundle, dependencies, parent, String.valueOf(e.getMessage()));
            }
        }
    }
}
