package dev.homeostat.host.pf4j;

import com.google.inject.Injector;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.plugin.CodeLoader;
import dev.homeostat.host.plugin.PluginCode;
import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginRefusedException;
import dev.homeostat.host.verify.JarGate;
import java.io.IOException;
import java.net.URLConnection;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.pf4j.PluginRuntimeException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Loads plugins through PF4J, each from a private copy, into a module layer where that is possible. Each loaded version has a PF4J manager of its own, so that
 * two versions of a plugin can stand side by side. Used by the lifecycle thread only.
 */
public final class Pf4jCodeLoader implements CodeLoader {
    private static final Logger LOG = LoggerFactory.getLogger(Pf4jCodeLoader.class);

    private final String apiVersion;
    private final Versions versions;
    private final JarGate gate;
    private final Path copies;
    private final ParentClasses parent;
    private final PluginModules modules;
    private final Map<ClassLoader, LoadedVersion> loaded = new HashMap<>();
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
        this.apiVersion = apiVersion;
        this.versions = new Versions(apiVersion);
        this.gate = gate;
        this.copies = copies;
        this.parent = new ParentClasses(platform);
        this.modules = new PluginModules(
                platform, parent, Set.of(Pf4jCodeLoader.class.getModule(), Injector.class.getModule()));
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
    public PluginCode load(PluginDescriptor descriptor, Path jar, List<PluginCode> dependencies) {
        String name = descriptor.id() + "-" + descriptor.version();
        Path directory = copies.resolve(name + "-" + ++loads);
        List<LoadedCode> beneath = dependencies.stream().map(this::codeOf).toList();
        @Nullable LoadedVersion version = null;
        try {
            Bundle bundle = Bundle.copy(jar, directory, name, gate);
            if (!describe(bundle.jar()).equals(descriptor)) {
                throw new PluginRefusedException("the jar was replaced while it was read: reload the plugin");
            }
            version = new LoadedVersion(apiVersion, descriptor.id(), bundle, () -> code(bundle, beneath));
            LoadedCode code = version.load();
            PluginCode classes = new PluginCode(
                    descriptor.id(),
                    code.loader(),
                    code.isolation(),
                    PluginClassFinder.find(code, bundle.jar()),
                    bundle.jar());
            loaded.put(classes.loader(), version);
            return classes;
        } catch (PluginRefusedException e) {
            discard(version, directory);
            throw e;
        } catch (IOException | RuntimeException | Error e) { // a class file may bring about any error
            discard(version, directory);
            throw new PluginRefusedException("it cannot be loaded: " + DiskReason.of(e), e);
        }
    }

    private LoadedCode codeOf(PluginCode dependency) {
        LoadedVersion version = loaded.get(dependency.loader());
        if (version == null) {
            throw new PluginRefusedException("plugin \"" + dependency.id() + "\", which it needs, is not loaded");
        }
        return version.code();
    }

    private LoadedCode code(Bundle bundle, List<LoadedCode> dependencies) {
        // One loader's and no other's, so that a frame in a stack trace tells which version it is of.
        String name = bundle.directory().getFileName().toString();
        try {
            return modules.load(name, bundle, dependencies);
        } catch (PluginModules.NoModuleException e) {
            return PlainClasses.load(name, bundle, dependencies, parent, String.valueOf(e.getMessage()));
        }
    }

    @Override
    public void unload(PluginCode code) {
        unload(code.loader());
    }

    private void unload(ClassLoader loader) {
        LoadedVersion version = loaded.remove(loader);
        if (version != null) {
            discard(version, version.bundle().directory());
        }
    }

    private static void discard(@Nullable LoadedVersion version, Path directory) {
        try {
            if (version != null) {
                version.close();
            }
            Bundle.delete(directory);
        } catch (IOException | PluginRuntimeException e) {
            LOG.warn("the private copy {} could not be closed and deleted", directory, e);
        }
    }

    @Override
    public void close() {
        List.copyOf(loaded.keySet()).forEach(this::unload);
        try {
            Bundle.delete(copies);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", copies, e);
        }
    }
}
