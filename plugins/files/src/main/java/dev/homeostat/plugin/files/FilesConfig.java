package dev.homeostat.plugin.files;

import dev.homeostat.api.tree.AtLeast;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.Description;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration, in {@code conf/plugins/files.yaml}.
 *
 * @param directory the managed directory, relative to the home; all that is in it belongs to this plugin
 * @param refreshInterval how often each file is checked and repaired
 * @param pruneInterval how often files that nobody wants are looked for
 */
public record FilesConfig(
        @Default("data/files")
        @Description("The managed directory, relative to the home; what is in it and in no row is removed.")
        Path directory,

        @Default("1m") @AtLeast("100ms") @Description("How often each file is checked and repaired.")
        Duration refreshInterval,

        @Default("1h") @AtLeast("1s") @Description("How often files that nobody wants are looked for.")
        Duration pruneInterval) {

    /**
     * The managed directory below that home.
     *
     * @throws IllegalArgumentException if it holds files of the host's own, which would be pruned
     */
    Path managedDirectory(Path home) {
        Path managed = home.resolve(directory).toAbsolutePath().normalize();
        for (String own : new String[] {"conf", "plugins", "manifests", "logs", "data/sources", "data/plugins"}) {
            if (home.resolve(own).toAbsolutePath().normalize().startsWith(managed)) {
                throw new IllegalArgumentException("directory: " + managed + " holds the host's own " + own
                        + ", which would be pruned; name a directory that is for managed files only");
            }
        }
        return managed;
    }
}
