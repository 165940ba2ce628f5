package dev.homeostat.distribution.e2e;

import java.nio.file.Path;

/** The distribution that the build has just made. */
final class Installed {
    /** {@code target/homeostat} of this module, in which the tests run. */
    static final Path DIRECTORY = Path.of("target/homeostat").toAbsolutePath();

    static final Path SCRIPT = DIRECTORY.resolve("bin/homeostat");

    private Installed() {}
}
