package dev.homeostat.host.config;

import dev.homeostat.api.tree.AtLeast;
import dev.homeostat.api.tree.Default;
import dev.homeostat.api.tree.Description;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import java.lang.invoke.MethodHandles;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/**
 * All settings of a host.
 *
 * @param sources names of the sources that tables wait for
 * @param sourcesIgnored names of sources that tables wait for no longer
 * @param plugins where plugins are found, and how they are treated
 * @param reconcilers options of reconcilers by full name, see {@link ReconcilerOverrides}
 */
public record HostConfig(
        @Default("[manifests]") @Description("The sources that a table waits for before it counts as initialized.")
        List<String> sources,

        @Default("[]") @Description("Sources that fed this home before and that no table is to wait for any more.")
        List<String> sourcesIgnored,

        @Description("Where plugins are found, and how they are treated.")
        Plugins plugins,

        @Default("{}") @Description("Options of reconcilers, by table/name.")
        Map<String, Tree> reconcilers) {
    static final RecordCodec<HostConfig> CODEC = RecordCodec.of(MethodHandles.lookup(), HostConfig.class);

    /**
     * Settings of plugins.
     *
     * @param directories besides the bundled one; relative to the home
     * @param disabled ids of plugins that are not started
     * @param allow a file with the sums of the jars that may run, relative to the home; empty where any may
     * @param contributeDeadline the longest time that a plugin may take to contribute
     * @param startDeadline the longest time that each thing of a plugin may take to start
     * @param stopDeadline the longest time that a plugin may take to stop, when the host goes on
     */
    public record Plugins(
            @Default("[plugins]") @Description("Directories with plugin jars, besides that of the installation.")
            List<String> directories,

            @Default("[]") @Description("Ids of plugins that are not started.")
            List<String> disabled,

            @Default("") @Description("A file with the SHA-256 sums of the jars that may run; empty: all may.")
            String allow,

            @Default("10s") @AtLeast("10ms") @Description("How long a plugin may take to contribute.")
            Duration contributeDeadline,

            @Default("1m")
            @AtLeast("10ms")
            @Description("How long a thing that a plugin contributes may take to start.")
            Duration startDeadline,

            @Default("10s") @AtLeast("10ms") @Description("How long a plugin may take to stop while the host goes on.")
            Duration stopDeadline) {}
}
