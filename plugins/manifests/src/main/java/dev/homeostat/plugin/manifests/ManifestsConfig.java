package dev.homeostat.plugin.manifests;

import dev.homeostat.api.tree.AtLeast;
import dev.homeostat.api.tree.AtMost;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.Description;
import java.nio.file.Path;
import java.time.Duration;

/**
 * The configuration, in {@code conf/plugins/manifests.yaml}.
 *
 * @param directory where the manifests lie, relative to the home
 * @param settle how long a file must not have changed before it is read
 * @param pollInterval how often the directory is looked at when the system announces no change
 */
public record ManifestsConfig(
        @Default("manifests") @Description("Where the manifests lie, relative to the home.")
        Path directory,

        @Default("100ms")
        @AtLeast("1ms")
        @AtMost("1m")
        @Description("How long a file must not have changed before it is read.")
        Duration settle,

        @Default("1s")
        @AtLeast("10ms")
        @Description("How often the directory is looked at when the system announces no change.")
        Duration pollInterval) {}
