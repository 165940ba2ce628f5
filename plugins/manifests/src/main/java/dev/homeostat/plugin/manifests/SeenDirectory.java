package dev.homeostat.plugin.manifests;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Remembers, over a restart too, which directory manifests were read from last: one that is empty and another is most likely a volume that is not mounted.
 * Used by one thread.
 */
final class SeenDirectory {
    private static final Logger log = LoggerFactory.getLogger(SeenDirectory.class);

    private final Path file;
    private @Nullable String directory;

    SeenDirectory(Path data) {
        this.file = data.resolve("directory");
        this.directory = read();
    }

    /** Whether manifests were read before, from another directory than this one. */
    boolean wasAnother(String now) {
        return directory != null && !directory.equals(now);
    }

    /** Manifests were read from this directory. */
    void remember(String now) {
        if (now.equals(directory)) {
            return;
        }
        directory = now;
        try {
            Path temporary = Files.writeString(file.resolveSibling("directory.tmp"), now, StandardCharsets.UTF_8);
            Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            log.warn(
                    "{} cannot be written: after a restart, an empty manifest directory would be believed ({})",
                    file,
                    e.toString());
        }
    }

    private @Nullable String read() {
        try {
            return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8) : null;
        } catch (IOException e) {
            log.warn("{} cannot be read: an empty manifest directory would be believed ({})", file, e.toString());
            return null;
        }
    }
}
