package dev.homeostat.host.config;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.jar.JarFile;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The plugins of an installation whose host does not run, as far as their manifests tell. */
public final class InstalledPlugins {
    private static final String ID = "Plugin-Id";

    private InstalledPlugins() {}

    /** The ids of all plugins in those directories; what cannot be read has none. */
    public static Set<String> ids(List<Path> directories) {
        Set<String> ids = new TreeSet<>();
        for (Path directory : directories) {
            for (Path jar : jars(directory)) {
                String id = id(jar);
                if (id != null) {
                    ids.add(id);
                }
            }
        }
        return ids;
    }

    private static List<Path> jars(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.toString().endsWith(".jar") && Files.isRegularFile(file))
                    .toList();
        } catch (IOException _) {
            return List.of(); // a start says so
        }
    }

    private static @Nullable String id(Path file) {
        try (JarFile jar = new JarFile(file.toFile(), false)) {
            Manifest manifest = jar.getManifest();
            return manifest == null ? null : manifest.getMainAttributes().getValue(ID);
        } catch (IOException _) {
            return null; // a start says so
        }
    }
}
