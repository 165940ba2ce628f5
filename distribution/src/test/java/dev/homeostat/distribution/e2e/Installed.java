package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The distribution that the build has just made. */
final class Installed {
    /** {@code target/homeostat} of this module, in which the tests run. */
    static final Path DIRECTORY = Path.of("target/homeostat").toAbsolutePath();

    static final Path SCRIPT = DIRECTORY.resolve("bin/homeostat");

    private Installed() {}

    /** The same to unpack anywhere. */
    static Path tarball() {
        try (Stream<Path> files = Files.list(DIRECTORY.getParent())) {
            return files.filter(file -> file.toString().endsWith(".tar.gz"))
                    .findFirst()
                    .orElseThrow();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
