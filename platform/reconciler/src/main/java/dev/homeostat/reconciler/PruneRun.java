package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.HeldPrune;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/** One prune, from its search to its last removal. Touched by the owner of the event loop only. */
final class PruneRun {
    final long startedNanos;
    final List<CompletableFuture<PruneReport>> reports;

    /** Removals of row keys, which are ordered with the operations on these. */
    final Deque<PlannedRemoval> keyed = new ArrayDeque<>();

    /** Removals that run while nothing else does. */
    final Deque<PlannedRemoval> keyless = new ArrayDeque<>();

    /** What it would have done, where it may not. */
    PruneReport.@Nullable Planned planned;

    /** Whether it was due at once when it began. */
    boolean wasSoon;

    /** Whether it began in mode PLAN. */
    boolean onlyPlans;

    /** What a recording of the JVM is told, where there is one. */
    final @Nullable PruneEvent event = PruneEvent.begun();

    int running;
    boolean aloneRuns;
    private final List<String> removed = new ArrayList<>();
    private final List<String> spared = new ArrayList<>();
    private final List<WaitResult.Failure> failed = new ArrayList<>();

    PruneRun(long startedNanos, List<CompletableFuture<PruneReport>> reports) {
        this.startedNanos = startedNanos;
        this.reports = new ArrayList<>(reports);
    }

    void plan(List<PlannedRemoval> removals) {
        for (PlannedRemoval removal : removals) {
            (removal.key() != null ? keyed : keyless).add(removal);
        }
    }

    /** Takes out those that have not begun. */
    List<PlannedRemoval> takeRest() {
        List<PlannedRemoval> rest = new ArrayList<>(keyed);
        rest.addAll(keyless);
        keyed.clear();
        keyless.clear();
        return rest;
    }

    void removed(PlannedRemoval removal) {
        removed.add(removal.name());
    }

    void spared(PlannedRemoval removal) {
        spared.add(removal.name());
    }

    void failed(PlannedRemoval removal, String reason) {
        failed.add(new WaitResult.Failure(removal.name(), reason));
    }

    boolean isOver() {
        return keyed.isEmpty() && keyless.isEmpty() && running == 0;
    }

    int removals() {
        return removed.size();
    }

    int spared() {
        return spared.size();
    }

    List<WaitResult.Failure> failures() {
        return failed;
    }

    PruneReport report(@Nullable HeldPrune held) {
        return new PruneReport(removed, spared, failed, held, planned);
    }
}
