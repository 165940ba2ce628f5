package dev.homeostat.host.view;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.host.handover.RejectedRows;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a running host shows of itself. Every answer is as of now. Safe for all threads. */
public interface HostView {
    /** The version of the host, which is also that of the plugin API. */
    String version();

    /** {@code STARTING}, {@code RUNNING}, {@code STOPPING} or {@code STOPPED}. */
    String state();

    /** Where it runs. */
    Path home();

    /** When the process was started. */
    Instant startedAt();

    /** How long it took from the start of the process until it was ready; null until it is. */
    @Nullable
    Duration startTook();

    /** The database that holds all tables. */
    Database database();

    /** The host's time and threads. */
    Scheduler scheduler();

    /** All jars that were found in the plugin directories, failed ones too, ordered by id. */
    List<PluginView> plugins();

    /**
     * Does something with a plugin, and waits until it is done. That it then does not run, and why, its view says.
     *
     * @param by how it came to that, for people: {@code by command}
     * @throws IllegalArgumentException if there is no such plugin
     * @throws IllegalStateException if the host stops
     */
    void act(PluginAction action, String plugin, String by) throws InterruptedException;

    /** The tables that plugins own, ordered by name. */
    List<TableView> tables();

    /** The reconcilers, ordered by full name. */
    List<ReconcilerView> reconcilers();

    /** The rows that did not fit when their table's plugin was replaced. */
    RejectedRows rejected();

    /** Writes rows at somebody's command. */
    RowWriter rows();

    /** The classes of plugins that were unloaded and are still in memory. */
    List<Leak> leaks();

    /** Steers the reconcilers. */
    Steering steering();

    /** The sources that are expected or were seen, ordered by name. */
    List<SourceView> sources();

    /** What the configuration says. */
    ConfigurationView configuration();

    /** Says what a start would say of plugin jars. */
    PluginsChecker checker();

    /** The health lines that are neither a plugin's state, a reconciler's nor a source's: jobs, health reporters of plugins, configuration. */
    List<HealthLine> health();

    /** Whether anything at all is degraded: a plugin that failed, leaked, or of which a newer jar was refused, a failing reconciler, a source with problems, a degraded health line. */
    default boolean degraded() {
        return plugins().stream().anyMatch(PluginView::degraded)
                || reconcilers().stream()
                        .anyMatch(one -> !one.reconciler().health().ok())
                || sources().stream().anyMatch(source -> !source.problems().isEmpty())
                || health().stream().anyMatch(line -> !line.ok());
    }
}
