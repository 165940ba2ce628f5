package dev.homeostat.host.pf4j;

import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.plugin.PluginDescriptor;
import dev.homeostat.host.plugin.PluginRefusedException;
import dev.homeostat.host.verify.DryRun;
import dev.homeostat.host.verify.JarGate;
import dev.homeostat.host.verify.PluginClassFile;
import java.io.IOException;
import java.io.InputStream;
import java.lang.module.Configuration;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The steps of {@link Pf4jCodeLoader} without class loaders and layers. */
public final class Pf4jDryRun implements DryRun {
    private static final Logger LOG = LoggerFactory.getLogger(Pf4jDryRun.class);

    private final BootPlatform platform;
    private final Versions versions;
    private final JarGate gate;
    private final Path copies;
    private final PluginModules modules;
    private int count;

    /**
     * @param platform what plugins would sit on
     * @param apiVersion a semantic version other than 0.0.0
     * @param gate lets jars in
     * @param copies a directory of its own, deleted at the end
     */
    public Pf4jDryRun(BootPlatform platform, String apiVersion, JarGate gate, Path copies) {
        this.platform = platform;
        this.versions = new Versions(apiVersion);
        this.gate = gate;
        this.copies = copies;
        this.modules = new PluginModules(platform, platform.loader(), Set.of());
    }

    /** A private copy. */
    private record Copy(Bundle bundle) implements Opened {
        @Override
        public String sha256() {
            return bundle.sha256();
        }
    }

    /** What would be loaded. */
    private final class Plan implements Resolved {
        private final Bundle bundle;
        private final String isolation;
        private final Optional<PluginModules.Resolution> modules;
        private final List<Plan> dependencies;

        Plan(Bundle bundle, String isolation, Optional<PluginModules.Resolution> modules, List<Plan> dependencies) {
            this.bundle = bundle;
            this.isolation = isolation;
            this.modules = modules;
            this.dependencies = dependencies;
        }

        @Override
        public String isolation() {
            return isolation;
        }

        @Override
        public Optional<String> module() {
            return modules.map(resolution -> resolution.descriptor().name());
        }

        @Override
        public String pluginClass() {
            Optional<ModuleDescriptor> descriptor = modules.map(PluginModules.Resolution::descriptor);
            String name = PluginClassFinder.name(descriptor, bundle.jar());
            PluginClassFile.check(name, this::own, entry -> beneath(entry).or(() -> ofPlatform(entry)));
            return name;
        }

        private Optional<byte[]> own(String entry) {
            for (Path jar : bundle.jars()) {
                try (JarFile file = new JarFile(jar.toFile(), false, JarFile.OPEN_READ, Runtime.version())) {
                    ZipEntry found = file.getEntry(entry);
                    if (found != null) {
                        try (InputStream in = file.getInputStream(found)) {
                            return Optional.of(in.readAllBytes());
                        }
                    }
                } catch (IOException e) {
                    throw new PluginRefusedException(jar.getFileName() + " cannot be read: " + DiskReason.of(e), e);
                }
            }
            return Optional.empty();
        }

        private Optional<byte[]> beneath(String entry) {
            for (Plan dependency : dependencies) {
                Optional<byte[]> found = dependency.own(entry).or(() -> dependency.beneath(entry));
                if (found.isPresent()) {
                    return found;
                }
            }
            return Optional.empty();
        }
    }

    private Optional<byte[]> ofPlatform(String entry) {
        return PluginClassFinder.read(() -> platform.loader().getResource(entry));
    }

    @Override
    public PluginDescriptor describe(Path jar) {
        return Pf4jCodeLoader.describe(new ManifestReader().find(jar));
    }

    @Override
    public List<PluginRefusedException> versions(PluginDescriptor descriptor) {
        return versions.problems(descriptor);
    }

    @Override
    public boolean accepts(String range, String version) {
        return Versions.accepts(range, version);
    }

    @Override
    public Opened open(PluginDescriptor descriptor, Path jar) {
        // A version that is none has been told of; it must not name a file.
        String version = descriptor.version().matches("[A-Za-z0-9.+-]+") ? descriptor.version() : "0";
        String name = descriptor.id() + "-" + version;
        try {
            return new Copy(Bundle.copy(jar, copies.resolve(name + "-" + ++count), name, gate));
        } catch (IOException e) {
            throw new PluginRefusedException("it cannot be read: " + DiskReason.of(e), e);
        }
    }

    @Override
    public Resolved resolve(PluginDescriptor descriptor, Opened jar, List<Resolved> dependencies) {
        Bundle bundle = ((Copy) jar).bundle();
        List<Plan> beneath = dependencies.stream().map(Plan.class::cast).toList();
        List<Configuration> parents = new ArrayList<>();
        beneath.forEach(plan -> plan.modules.ifPresent(resolution -> parents.add(resolution.configuration())));
        try {
            PluginModules.Resolution resolution = modules.resolve(bundle, parents);
            return new Plan(bundle, resolution.isolation(), Optional.of(resolution), beneath);
        } catch (PluginModules.NoModuleException e) {
            return new Plan(bundle, PlainClasses.isolation(String.valueOf(e.getMessage())), Optional.empty(), beneath);
        }
    }

    @Override
    public void close() {
        try {
            Bundle.delete(copies);
        } catch (IOException e) {
            LOG.warn("{} could not be deleted", copies, e);
        }
    }
}
