package dev.homeostat.host.plugin;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Where plugin jars lie.
 *
 * @param directories searched in this order; one that does not exist is empty
 * @param roots what paths are shown relative to
 */
public record PluginJars(List<Path> directories, List<Path> roots) {
    private static final Logger LOG = LoggerFactory.getLogger(PluginJars.class);

    public PluginJars {
        directories = directories.stream()
                .map(Path::toAbsolutePath)
                .map(Path::normalize)
                .distinct()
                .toList();
        roots = List.copyOf(roots);
    }

    /** The jars that are there now, by directory and name. Hidden files are none. */
    List<Path> find() {
        List<Path> found = new ArrayList<>();
        for (Path directory : directories) {
            if (Files.isDirectory(directory)) {
                try (Stream<Path> files = Files.list(directory)) {
                    files.filter(PluginJars::isJar).sorted().forEach(found::add);
                } catch (IOException e) {
                    LOG.warn("plugin directory {} cannot be read: {}", directory, e.toString());
                }
            }
        }
        return found;
    }

    /** A path as people are shown it. */
    String show(Path jar) {
        return roots.stream()
                .filter(jar::startsWith)
                .findFirst()
                .map(root -> root.relativize(jar).toString())
                .orElse(jar.toString());
    }

    private static boolean isJar(Path file) {
        String name = file.getFileName().toString();
        boolean jar = name.endsWith(".jar") && !name.startsWith(".");
        if (jar && Files.isDirectory(file)) {
            LOG.warn("{} is a directory and no jar: it is left out", file);
        }
        return jar && Files.isRegularFile(file);
    }
}
