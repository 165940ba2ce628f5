package dev.homeostat.host.config;

import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.ReconcilerView;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The health line of the configuration: a file that was rejected while the host runs, reconcilers that are named and do not exist, settings that wait for a
 * restart, and what nothing uses. One problem a line. Hears which plugins and reconcilers there are, so that the line is always of now; a change of reconcilers
 * counts when their plugin has come to where it was going, for in a replacement they are gone for a moment. Safe for all threads.
 */
public final class ConfigurationHealth implements ContributionListener, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ConfigurationHealth.class);
    private static final String NAME = "configuration";

    private final HealthBoard board;
    private final UnusedSettings unused;
    private final TreeSet<String> plugins = new TreeSet<>();
    private final Set<String> logged = new HashSet<>();
    private final TreeSet<String> reconcilers = new TreeSet<>(); // guarded by this, as all below
    private ReconcilerOverrides overrides;
    private List<Problem> rejected = List.of();
    private List<Problem> needingRestart = List.of();
    private boolean shown;

    /** Says nothing before {@link #show}: until all plugins were started, nobody knows which reconcilers there are. */
    public ConfigurationHealth(HealthBoard board, ReconcilerOverrides overrides, UnusedSettings unused) {
        this.board = board;
        this.unused = unused;
        this.overrides = overrides;
    }

    /** Shows it from now on. */
    public synchronized void show() {
        shown = true;
        refresh();
    }

    /** The configuration in force is this one. */
    public synchronized void accepted(ReconcilerOverrides inForce, List<Problem> waitingForRestart) {
        overrides = inForce;
        rejected = List.of();
        needingRestart = List.copyOf(waitingForRestart);
        refresh();
    }

    /** The configuration was changed to something that cannot be; what was in force stays. */
    public synchronized void rejected(List<Problem> problems) {
        rejected = List.copyOf(problems);
        refresh();
    }

    @Override
    public synchronized void pluginChanged(PluginView plugin) {
        plugins.add(plugin.id());
        refresh();
    }

    @Override
    public synchronized void pluginRemoved(String id) {
        plugins.remove(id);
        refresh();
    }

    @Override
    public synchronized void reconcilerAdded(ReconcilerView reconciler) {
        reconcilers.add(reconciler.reconciler().fullName());
    }

    @Override
    public synchronized void reconcilerRemoved(ReconcilerView reconciler) {
        reconcilers.remove(reconciler.reconciler().fullName());
    }

    /** The plugins that there are, whatever their state. */
    synchronized List<String> plugins() {
        return List.copyOf(plugins);
    }

    /** The full names of the reconcilers that there are. */
    synchronized List<String> reconcilers() {
        return List.copyOf(reconcilers);
    }

    /** Shows it no more: plugins go because the host stops. */
    @Override
    public synchronized void close() {
        shown = false;
    }

    private void refresh() {
        if (!shown) {
            return;
        }
        List<String> parts = new ArrayList<>();
        if (!rejected.isEmpty()) {
            // Not what is unknown in what is in force: that has lines of a file that is not there any more.
            parts.add("the changed configuration was rejected, and what was in force stays");
            rejected.forEach(problem -> parts.add(problem.toString()));
        } else {
            overrides.unknown(reconcilers).forEach(problem -> parts.add(problem.toString()));
        }
        boolean ok = parts.isEmpty();
        // The lines of a rejected file are not those in which these were seen.
        needingRestart.forEach(
                problem -> parts.add("needs a restart: " + (rejected.isEmpty() ? problem : problem.message())));
        for (Problem line : unused.where(plugins)) {
            parts.add("is not used: " + line);
            if (logged.add(line.toString())) {
                LOG.warn("is not used: {}", line);
            }
        }
        if (parts.isEmpty()) {
            board.set("", NAME, true, "as it should be");
            board.remove("", NAME);
        } else {
            board.set("", NAME, ok, String.join("\n", parts));
        }
    }
}
