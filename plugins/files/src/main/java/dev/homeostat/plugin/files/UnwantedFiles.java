package dev.homeostat.plugin.files;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributes;
import java.util.Set;
import java.util.function.Consumer;

/** Finds what is in the managed directory and in no row: files, links (which are not followed) and whatever else is no directory. */
final class UnwantedFiles {
    private final Set<String> wanted;
    private final Consumer<Path> found;

    private UnwantedFiles(Set<String> wanted, Consumer<Path> found) {
        this.wanted = wanted;
        this.found = found;
    }

    /** Gives each to {@code found}, as a path relative to the root. */
    static void find(Path root, Set<String> wanted, Consumer<Path> found) throws IOException {
        if (Files.notExists(root)) {
            return;
        }
        try (OpenDirectory top = OpenDirectory.open(root.toRealPath())) {
            new UnwantedFiles(wanted, found).look(top, Path.of(""));
        }
    }

    private void look(OpenDirectory directory, Path relative) throws IOException {
        for (Path name : directory.names()) {
            Path path = relative.resolve(name);
            PosixFileAttributes attributes = directory.attributes(name);
            if (attributes == null) {
                continue; // gone since
            }
            if (attributes.isDirectory()) {
                try (OpenDirectory below = directory.enter(name)) {
                    look(below, path);
                }
            } else if (!wanted.contains(path.toString())) {
                found.accept(path);
            }
        }
    }
}
