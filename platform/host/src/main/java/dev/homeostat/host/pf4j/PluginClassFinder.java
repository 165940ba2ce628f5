package dev.homeostat.host.pf4j;

import dev.homeostat.api.plugin.Plugin;
import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;

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
        List<String> names = code.layer()
                .flatMap(layer -> code.module().flatMap(layer::findModule))
                .map(module -> PluginModules.providers(module.getDescriptor(), SERVICE))
                .orElseGet(() -> listed(jar));
        if (names.isEmpty()) {
            throw new PluginRefusedException("there is no plugin in it: " + missing(code));
        }
        if (names.size() > 1) {
            throw new PluginRefusedException(
                    "it provides several plugins (" + String.join(", ", names) + "); a jar has one " + SERVICE);
        }
        return check(load(code, names.getFirst()));
    }

    private static String missing(LoadedCode code) {
        Optional<ModuleLayer> layer = code.layer();
        boolean declared = layer.isPresent()
                && code.module()
                        .flatMap(layer.get()::findModule)
                        .map(module -> !module.getDescriptor().isAutomatic())
                        .orElse(false);
        return declared
                ? "add \"provides " + SERVICE + " with …;\" to module-info.java of "
                        + code.module().orElseThrow()
                : "name its class in " + FILE;
    }

    private static Class<?> load(LoadedCode code, String name) {
        try {
            return Class.forName(name, false, code.loader());
        } catch (ClassNotFoundException e) {
            throw new PluginRefusedException("its plugin class " + name + " is not in it", e);
        } catch (LinkageError e) {
            throw new PluginRefusedException("its plugin class " + name + " cannot be loaded: " + e, e);
        }
    }

    private static Class<? extends Plugin> check(Class<?> type) {
        if (!Plugin.class.isAssignableFrom(type)) {
            throw new PluginRefusedException("its plugin class " + type.getName() + " does not implement " + SERVICE);
        }
        Class<? extends Plugin> plugin = type.asSubclass(Plugin.class);
        try {
            if (Modifier.isPublic(plugin.getConstructor().getModifiers()) && Modifier.isPublic(type.getModifiers())) {
                return plugin;
            }
        } catch (NoSuchMethodException e) {
            // said below
        }
        throw new PluginRefusedException(
                "its plugin class " + type.getName() + " must be public, with a public constructor without arguments");
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
            throw new PluginRefusedException("it cannot be read: " + e.getMessage(), e);
        }
    }
}
