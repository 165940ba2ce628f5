package dev.homeostat.host.deploy;

import java.nio.file.Path;

/**
 * A jar in a plugin directory, as it was when it was whole, or when it was given up to wait for that.
 *
 * @param path where it lies; absolute
 * @param shown the same as people are shown it: relative to the home or the installation
 * @param stamp tells one state of the file from another; compared with {@code equals} only
 * @param problem why it is no whole jar; empty when it is one
 */
public record FoundJar(Path path, String shown, Object stamp, String problem) {
    /** Its name without the directory. */
    public String fileName() {
        return path.getFileName().toString();
    }
}
