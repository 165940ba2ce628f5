package dev.homeostat.host.pf4j;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.plugin.PluginRefusedException;
import dev.homeostat.host.verify.PluginClassFile;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.module.ModuleDescriptor;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.jspecify.annotations.Nullable;

/**
 * Finds the class that a plugin's own module or jar names. {@link java.util.ServiceLoader} would walk the parent layers too and find the plugins that this
 * one depends on.
 */
final class PluginClassFinder {
    private static final String SERVICE = Plugin.class.getName();
    private static final String FILE = "META-INF/services/" + SERVICE;

    private PluginClassFinder() {}

    /** The plugin's class, which can be instantiated; its static initializer has not run. */
    static Class<? extends Plugin> find(LoadedCode code, Path jar) {
        String name = name(
                code.layer()
                        .flatMap(layer -> code.module().flatMap(layer::findModule))
                        .map(Module::getDescriptor),
                jar);
        PluginClassFile.check(
                name,
                entry -> read(() -> code.loader().findResource(entry)),
                entry -> beneath(code, entry).or(() -> read(() -> code.loader().getResource(entry))));
        try {
            return Class.forName(name, false, code.loader()).asSubclass(Plugin.class);
        } catch (ClassNotFoundException | LinkageError | ClassCastException e) {
            throw new PluginRefusedException("its plugin class " + name + " cannot be loaded: " + e, e);
        }
    }

    /**
     * The name of the one class that a jar says is its plugin.
     *
     * @param module the descriptor of its module, where it is one
     */
    static String name(Optional<ModuleDescriptor> module, Path jar) {
        List<String> names = module.map(descriptor -> PluginModules.providers(descriptor, SERVICE))
                .orElseGet(() -> listed(jar));
        String fix = module.filter(descriptor -> !descriptor.isAutomatic())
                .map(descriptor ->
                        "add \"provides " + SERVICE + " with …;\" to module-info.java of " + descriptor.name())
                .orElse("name its class in " + FILE);
        return PluginClassFile.only(names, fix);
    }

    private static Optional<byte[]> beneath(LoadedCode code, String entry) {
        for (LoadedCode dependency : code.dependencies()) {
            Optional<byte[]> found =
                    read(() -> dependency.loader().findResource(entry)).or(() -> beneath(dependency, entry));
            if (found.isPresent()) {
                return found;
            }
        }
        return Optional.empty();
    }

    /** The bytes at an address; none where there is none. */
    static Optional<byte[]> read(Supplier<@Nullable URL> address) {
        URL url = address.get();
        if (url == null) {
            return Optional.empty();
        }
        try (InputStream in = url.openStream()) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new PluginRefusedException(url + " cannot be read: " + DiskReason.of(e), e);
        }
    }

    private static List<String> listed(Path path) {
        try (JarFile jar = new JarFile(path.toFile(), false)) {
            ZipEntry entry = jar.getEntry(FILE);
            if (entry == null) {
                return List.of();
            }
            try (InputStream in = jar.getInputStream(entry);
                    BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
                return reader.lines()
                        .map(line -> line.replaceFirst("#.*", "").strip())
                        .filter(line -> !line.isEmpty())
                        .distinct()
                        .toList();
            }
        } catch (IOException e) {
            throw new PluginRefusedException("it cannot be read: " + DiskReason.of(e), e);
        }
    }
}
