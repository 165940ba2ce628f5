package dev.homeostat.distribution;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReference;
import java.lang.module.ResolvedModule;
import java.nio.file.Path;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * Which jar goes where. The launcher's and the command's modules all say what they require, so their directories hold exactly what the JVM will resolve from
 * there. Some of the host's do not say it: it gets everything else that Maven found.
 *
 * @param boot the module path of the boot layer
 * @param host the modules of the host's layer
 * @param cli the module path of the command
 * @param shell what the command has on its module path besides, where it edits lines at a terminal
 * @param plugins the bundled plugins
 */
record Libraries(Set<Path> boot, Set<Path> host, Set<Path> cli, Set<Path> shell, Set<Path> plugins) {
    private static final Set<String> BOOT =
            Set.of("dev.homeostat.launcher", "dev.homeostat.api", "ch.qos.logback.classic");
    private static final Set<String> HOST = Set.of("dev.homeostat.host");
    private static final Set<String> CLI = Set.of("dev.homeostat.cli");
    private static final Set<String> SHELL = Set.of("org.jline.reader", "org.jline.terminal.ffm");
    private static final Set<String> ANNOTATIONS =
            Set.of("org.jspecify", "com.google.errorprone.annotations", "com.google.j2objc.annotations");

    /** Sorts the jars of a class path. */
    static Libraries of(Collection<Path> jars) throws IOException {
        Set<Path> plugins = new TreeSet<>();
        Set<Path> rest = new TreeSet<>();
        for (Path jar : jars) {
            (isPlugin(jar) ? plugins : rest).add(jar);
        }
        ModuleFinder modules = ModuleFinder.of(rest.toArray(Path[]::new));
        Set<Path> boot = closure(BOOT, modules);
        Set<Path> cli = closure(CLI, modules);
        Set<Path> shell = closure(SHELL, modules);
        Set<Path> cliOnly = new HashSet<>(cli);
        cliOnly.addAll(shell);
        cliOnly.removeAll(closure(HOST, modules));
        Set<Path> host = new TreeSet<>(rest);
        host.removeAll(boot);
        host.removeAll(cliOnly);
        host.removeIf(jar -> isOneOf(ANNOTATIONS, jar));
        return new Libraries(boot, host, cli, shell, plugins);
    }

    private static boolean isPlugin(Path jar) throws IOException {
        try (JarFile file = new JarFile(jar.toFile())) {
            Manifest manifest = file.getManifest();
            return manifest != null && manifest.getMainAttributes().getValue("Plugin-Id") != null;
        }
    }

    private static Set<Path> closure(Set<String> roots, ModuleFinder modules) {
        Configuration jdk = ModuleLayer.boot().configuration();
        Set<Path> jars = new TreeSet<>();
        for (ResolvedModule module :
                jdk.resolve(modules, ModuleFinder.ofSystem(), roots).modules()) {
            module.reference()
                    .location()
                    .filter(uri -> "file".equals(uri.getScheme()))
                    .map(Path::of)
                    .ifPresent(jars::add);
        }
        return jars;
    }

    private static boolean isOneOf(Set<String> names, Path jar) {
        List<String> found = ModuleFinder.of(jar).findAll().stream()
                .map(ModuleReference::descriptor)
                .map(descriptor -> descriptor.name())
                .toList();
        return names.containsAll(found);
    }
}
