package dev.homeostat.host;

import dev.homeostat.host.disk.DiskReason;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The directories of a home. */
final class HomeDirectories {
    private static final List<String> NEEDED = List.of("data", "logs");
    private static final List<String> OFFERED = List.of("conf", "plugins", "manifests");

    private HomeDirectories() {}

    /**
     * Makes those that are missing. What a user fills is made in a new home only: in one that was used, a missing directory may be a file system that is not
     * mounted, and an empty one in its place would say that nothing is desired.
     */
    static void prepare(Path home) throws StartException {
        boolean fresh = !Files.exists(home.resolve("data"));
        make(home, NEEDED);
        if (fresh) {
            make(home, OFFERED);
        }
    }

    private static void make(Path home, List<String> names) throws StartException {
        for (String name : names) {
            Path directory = home.resolve(name);
            try {
                if (!Files.isDirectory(directory)) {
                    Files.createDirectories(directory);
                }
            } catch (IOException e) {
                throw new StartException(
                        "directory " + directory + " cannot be made (" + DiskReason.of(e)
                                + "): make it, or give another home with --home",
                        e);
            }
        }
    }
}
