package dev.homeostat.distribution.e2e;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Comparator;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Somebody who builds plugins with Maven, in a repository of their own: the sdk's artifacts must not get into the one that our build resolves from. All tests
 * share it, for it is filled from afar.
 */
final class Author {
    private static final Path REPOSITORY = Path.of("target/authors-repository").toAbsolutePath();
    private static boolean forgotten;

    private Author() {}

    /** Their {@code mvn}: of this build, and for logs. */
    static synchronized Path maven() throws IOException {
        if (!forgotten) {
            forgetSdk();
            forgotten = true;
        }
        Path script = Files.createDirectories(REPOSITORY.resolveSibling("authors-bin"))
                .resolve("mvn");
        String maven = Path.of(System.getProperty("test.maven.home"), "bin/mvn").toString();
        Files.writeString(
                script, "#!/bin/sh\nexec '" + maven + "' -B -ntp '-Dmaven.repo.local=" + REPOSITORY + "' \"$@\"\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        return script;
    }

    /** The variables of a shell in which {@code mvn} is that. */
    static Map<String, String> environment() throws IOException {
        return Map.of("PATH", maven().getParent() + ":" + System.getenv("PATH"));
    }

    /** That of an earlier build. */
    private static void forgetSdk() throws IOException {
        Path ours = REPOSITORY.resolve("dev/homeostat");
        if (Files.isDirectory(ours)) {
            try (Stream<Path> files = Files.walk(ours)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
