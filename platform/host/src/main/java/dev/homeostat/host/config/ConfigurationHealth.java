package dev.homeostat.host.config;

import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.plugin.HealthBoard;
import dev.homeostat.host.view.ContributionListener;
import dev.homeostat.host.view.ReconcilerView;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * The health line of the configuration: a file that was rejected while the host runs, reconcilers that are named and do not exist, settings that wait for a
 * restart. One problem a line. Hears which reconcilers there are, so that the line is always of now. Safe for all threads.
 */
public final class ConfigurationHealth implements ContributionListener, AutoCloseable {
    private static final String NAME = "configuration";

    private final HealthBoard board;
    private final TreeSet<String> reconcilers = new TreeSet<>(); // guarded by this, as all below
    private ReconcilerOverrides overrides;
    private List<Problem> rejected = List.of();
    private List<Problem> needingRestart = List.of();
    private boolean shown;

    /** Says nothing before {@link #show}: until all plugins were started, nobody knows which reconcilers there are. */
    public ConfigurationHealth(HealthBoard board, ReconcilerOverrides overrides) {
        this.board = board;
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
    public synchronized void reconcilerAdded(ReconcilerView reconciler) {
        reconcilers.add(reconciler.reconciler().fullName());
        refresh();
    }

    @Override
    public synchronized void reconcilerRemoved(ReconcilerView reconciler) {
        reconcilers.remove(reconciler.reconciler().fullName());
        refresh();
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
        if (parts.isEmpty()) {
            board.set("", NAME, true, "as it should be");
            board.remove("", NAME);
        } else {
            board.set("", NAME, ok, String.join("\n", parts));
        }
    }
}
