package dev.homeostat.plugintest;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.net.URISyntaxException;
import java.net.URLConnection;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.Paths;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The host's classes, once for a process: in two module layers, as the launcher of an installation makes them, one with what plugins may see and one above it
 * with the host. Its jars are nested in the jar of this class, so neither they nor their libraries are on the class path of the test: a plugin sees of the host what it
 * would see in an installation, and its author chooses libraries as if there were none.
 *
 * @param install a directory as of an installation, with the bundled plugins
 * @param loader of the host
 * @param embedded the class of the host
 */
record HostLayers(Path install, ClassLoader loader, Class<?> embedded) {
    private static final Set<String> BOOT =
            Set.of("dev.homeostat.launcher", "dev.homeostat.api", "ch.qos.logback.classic");
    private static final String API = "dev.homeostat.api";
    private static final String NESTED = "META-INF/homeostat";
    private static @Nullable HostLayers made; // guarded by the class

    /**
     * Makes them at the first call.
     *
     * @throws IllegalStateException if this process is such that they cannot be; says what to do
     */
    static synchronized HostLayers get() {
        HostLayers layers = made;
        if (layers == null) {
            layers = make();
            made = layers;
        }
        return layers;
    }

    private static HostLayers make() {
        if (ModuleLayer.boot().findModule(API).isPresent()) {
            throw new IllegalStateException("a plugin is tested in a host on the class path, and this process has the"
                    + " module " + API + " on its module path, where the plugin would be a part of the host's own"
                    + " layer: in the pom, give maven-surefire-plugin (and maven-failsafe-plugin)"
                    + " <configuration><useModulePath>false</useModulePath></configuration>");
        }
        URLConnection.setDefaultUseCaches("jar", false); // or every reload of a plugin would leave its jar open
        try {
            Path install = unpack();
            return layers(install, ModuleFinder.of(install.resolve("lib")));
        } catch (IOException e) {
            throw new UncheckedIOException("the host's jars cannot be unpacked: " + e, e);
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException("the host's jars are incomplete: " + e, e);
        }
    }

    private static HostLayers layers(Path install, ModuleFinder jars) throws ClassNotFoundException {
        ModuleLayer jdk = ModuleLayer.boot();
        Configuration bootModules = jdk.configuration().resolve(jars, ModuleFinder.of(), BOOT);
        ModuleLayer.Controller boot =
                ModuleLayer.defineModulesWithOneLoader(bootModules, List.of(jdk), new JdkClasses());
        Set<String> names = jars.findAll().stream()
                .map(jar -> jar.descriptor().name())
                .filter(name -> boot.layer().modules().stream()
                        .noneMatch(module -> module.getName().equals(name)))
                .collect(Collectors.toSet());
        Configuration hostModules = bootModules.resolveAndBind(ModuleFinder.of(), jars, names);
        // A loader of a layer looks into the layer beneath for what is exported to all: for the rest it asks its
        // parent.
        ClassLoader beneath = module(boot, API).getClassLoader();
        ModuleLayer.Controller above =
                ModuleLayer.defineModulesWithOneLoader(hostModules, List.of(boot.layer()), beneath);

        Module host = module(above, "dev.homeostat.host");
        // What these declare to each other by name ends at the border of a layer.
        boot.addExports(module(boot, "dev.homeostat.launcher"), "dev.homeostat.launcher", host);
        boot.addExports(module(boot, API), "dev.homeostat.api.db.internal", module(above, "dev.homeostat.statedb"));
        Module here = HostLayers.class.getModule();
        above.addExports(host, "dev.homeostat.host", here);
        Module base = Object.class.getModule();
        if (base.isOpen("java.lang", here)) { // then a leak is told with shutdown hooks and thread locals
            base.addOpens("java.lang", host);
        }
        ClassLoader loader = host.getClassLoader();
        return new HostLayers(install, loader, loader.loadClass("dev.homeostat.host.EmbeddedHost"));
    }

    private static Module module(ModuleLayer.Controller of, String name) {
        return of.layer()
                .findModule(name)
                .orElseThrow(() -> new IllegalStateException("the host's jars are incomplete: no module " + name));
    }

    /** Makes a host that was not started. */
    InsideHost newHost(Path home, Map<String, String> variables, HostThreads threads) {
        try {
            Object host =
                    embedded.getConstructor(Path.class, Path.class, Map.class).newInstance(install, home, variables);
            return HostBridge.to(host, threads);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(
                    "the host's jars do not fit this one: " + (e.getCause() == null ? e : e.getCause()), e);
        }
    }

    private static Path unpack() throws IOException {
        Path install = Files.createTempDirectory("homeostat-plugintest");
        Runtime.getRuntime()
                .addShutdownHook(Thread.ofPlatform()
                        .name("homeostat-plugintest-tidy")
                        .unstarted(() -> TestHome.delete(install)));
        Path here = home();
        if (Files.isDirectory(here)) {
            copy(here.resolve(NESTED), install);
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(here)) {
                copy(jar.getPath(NESTED), install);
            }
        }
        return install;
    }

    private static Path home() {
        try {
            return Paths.get(HostLayers.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void copy(Path from, Path to) throws IOException {
        if (Files.notExists(from)) {
            throw new IOException("there is no " + NESTED + " in " + home()
                    + "; it comes in with the jar: mvn -pl platform/plugintest -am package");
        }
        try (Stream<Path> files = Files.walk(from).sorted(Comparator.naturalOrder())) {
            for (Path file : files.toList()) {
                Path copy = to.resolve(from.relativize(file).toString());
                if (Files.isDirectory(file)) {
                    Files.createDirectories(copy);
                } else {
                    try (InputStream in = Files.newInputStream(file)) {
                        Files.copy(in, copy);
                    }
                }
            }
        }
    }
}
