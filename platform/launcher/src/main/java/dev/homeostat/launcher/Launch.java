package dev.homeostat.launcher;

import java.nio.file.Path;
import java.time.Instant;
import java.util.Map;

/**
 * What the launcher tells the host.
 *
 * @param install the directory of the installation, with {@code lib} and the bundled {@code plugins}; absolute
 * @param home the directory with {@code conf}, {@code plugins}, {@code manifests}, {@code data} and {@code logs}; absolute, may be the installation
 * @param started when the process was started
 * @param flags settings from the command line, such as {@code safe-mode}
 */
public record Launch(Path install, Path home, Instant started, Map<String, String> flags) {
    public Launch {
        flags = Map.copyOf(flags);
    }
}
