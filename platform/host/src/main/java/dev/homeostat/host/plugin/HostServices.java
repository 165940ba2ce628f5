package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.tree.DocumentReader;
import dev.homeostat.host.handover.RejectedRows;
import dev.homeostat.host.handover.RowKeeping;
import dev.homeostat.host.jmx.PluginBeans;
import dev.homeostat.host.leak.UnloadWatch;
import dev.homeostat.host.metrics.PluginMeters;
import java.nio.file.Path;
import java.time.Duration;

/**
 * What the host has for plugins; each gets it through its context only.
 *
 * @param home the host's home
 * @param database holds the tables
 * @param scheduler time and threads
 * @param reconcilers starts reconcilers
 * @param overrides what the configuration says of their options
 * @param sources where sources feed tables
 * @param metrics where metrics are kept
 * @param health where health lines are kept
 * @param documents reads YAML and JSON
 * @param rejected where rows are kept that do not fit after a reload
 * @param configs binds the configuration of plugins
 * @param mbeans where MBeans are published
 * @param unloads sees to it that what was stopped is collected
 * @param startDeadline the longest time that each thing of a plugin may take to start
 * @param lookups who looked up tables by name
 */
public record HostServices(
        Path home,
        Database database,
        Scheduler scheduler,
        ReconcilerEngine reconcilers,
        OptionsOverrides overrides,
        SourceFeeds sources,
        PluginMeters metrics,
        HealthBoard health,
        DocumentReader documents,
        RejectedRows rejected,
        PluginConfigs configs,
        PluginBeans mbeans,
        UnloadWatch unloads,
        Duration startDeadline,
        TableLookups lookups) {
    /** What rows need that live on over a reload. */
    RowKeeping keeping() {
        return new RowKeeping(database, rejected, sources, scheduler);
    }
}
