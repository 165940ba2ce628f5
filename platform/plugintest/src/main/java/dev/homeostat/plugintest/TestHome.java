package dev.homeostat.plugintest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.stream.Stream;

/**
 * A host's home of one test.
 *
 * @param directory a new temporary one
 */
record TestHome(Path directory) {
    static TestHome make() {
        try {
            Path directory = Files.createTempDirectory("homeostat-home").toRealPath();
            for (String part : new String[] {"conf/plugins", "plugins", "manifests"}) {
                Files.createDirectories(directory.resolve(part));
            }
            return new TestHome(directory);
        } catch (IOException e) {
            throw new UncheckedIOException("there can be no home for the host: " + e, e);
        }
    }

    /** Writes a file in one step: who looks sees all of it or nothing. */
    void write(String name, byte[] content) {
        Path file = directory.resolve(name).normalize();
        if (!file.startsWith(directory)) {
            throw new IllegalArgumentException("\"" + name + "\" is no file in the home; name it relative to that");
        }
        try {
            Files.createDirectories(file.resolveSibling("."));
            Path draft = file.resolveSibling("." + file.getFileName() + ".part");
            Files.write(draft, content);
            Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be written: " + e, e);
        }
    }

    void delete() {
        delete(directory);
    }

    /** Deletes it as far as possible: what a leaked thread writes meanwhile stays. */
    static void delete(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException | UncheckedIOException e) {
            // It is in the directory for temporary files.
        }
    }
}
