package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.ReconcilerStats;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps account of what was attempted: for {@code explain}, for the counts and for the metrics. */
final class Journal<T> {
    private static final int REMEMBERED = 10_000;

    private final Setup<T> setup;
    private final SafeMetrics metrics;
    private final Outbox outbox;
    private final AttemptRing ring = new AttemptRing(REMEMBERED);
    private long updates;
    private long deletes;
    private long refreshes;
    private long retries;
    private long errors;
    private long prunes;
    private long pruned;
    private long pruneErrors;
    private long failingTold;

    Journal(Setup<T> setup, SafeMetrics metrics, Outbox outbox) {
        this.setup = setup;
        this.metrics = metrics;
        this.outbox = outbox;
    }

    /**
     * An attempt ended or was abandoned.
     *
     * @param outcome in the words of {@link Explanation.Attempt}
     */
    void ended(Attempt<T> attempt, Key key, OperationKind kind, String outcome, @Nullable String error) {
        long took = attempt.tookNanos();
        ring.add(key, attempt, outcome, took, error);
        switch (kind) {
            case UPDATE -> updates++;
            case DELETE -> deletes++;
            case OBSERVE -> {}
            case REMOVAL -> {
                pruned += outcome.equals("done") ? 1 : 0;
                pruneErrors += error != null ? 1 : 0;
            }
        }
        if (kind == OperationKind.UPDATE || kind == OperationKind.DELETE) {
            refreshes += attempt.cause() == Cause.REFRESH ? 1 : 0;
            retries += attempt.cause() == Cause.RETRY ? 1 : 0;
            errors += error != null ? 1 : 0;
        }
        tell(kind, took, error != null);
    }

    /** The same, of an attempt that failed; gives what is remembered of it. */
    Explanation.Attempt failed(
            Attempt<T> attempt, Key key, OperationKind kind, String outcome, @Nullable String error) {
        ended(attempt, key, kind, outcome, error);
        return entry(attempt, outcome, attempt.tookNanos(), error);
    }

    /** Somebody looked at the target for that row; where nobody can, there was nothing to note. */
    void observed(Attempt<T> attempt, Key key, Observing.Found found) {
        String outcome = switch (found.observation()) {
            case Observation.Unsupported _ -> "unsupported";
            case Observation.InSync _ -> "in sync";
            case Observation.Drift _ -> "drift";
            case null -> "failed";
        };
        if (!outcome.equals("unsupported")) {
            ended(attempt, key, OperationKind.OBSERVE, outcome, found.error());
        }
    }

    void pruneEnded(long tookNanos, ReconcilerMetrics.PruneResult result, int removed) {
        prunes++;
        outbox.afterwards(() -> metrics.pruneEnded(tookNanos, result, removed));
    }

    void pruneSearchFailed() {
        pruneErrors++;
    }

    /** A removal that belongs to no key ended. */
    void keylessRemovalEnded(Attempt<T> attempt, boolean removed, @Nullable String error) {
        long took = attempt.tookNanos();
        pruned += removed ? 1 : 0;
        pruneErrors += error != null ? 1 : 0;
        tell(OperationKind.REMOVAL, took, error != null);
    }

    private void tell(OperationKind kind, long took, boolean failed) {
        if (metrics.areHeard()) {
            outbox.afterwards(() -> metrics.operationEnded(kind, took, failed));
        }
    }

    void failingNow(long objects) {
        if (objects != failingTold) {
            failingTold = objects;
            outbox.afterwards(() -> metrics.failing(objects));
        }
    }

    void failedForGood(OperationKind kind, Key key, String error, int attempts) {
        if (metrics.areHeard()) {
            outbox.afterwards(() -> metrics.failedForGood(kind, setup.text(key), error, attempts));
        }
    }

    ReconcilerStats stats(long queued, long running) {
        return new ReconcilerStats(
                updates, deletes, refreshes, retries, errors, prunes, pruned, pruneErrors, queued, running);
    }

    /** The attempts at that key, newest first; the one that runs and the last failure are there even when they are not among the last. */
    List<Explanation.Attempt> attempts(Key key, @Nullable Work<T> work) {
        List<Explanation.Attempt> all = new ArrayList<>(ring.of(key));
        if (work != null && work.lastFailure != null && !all.contains(work.lastFailure)) {
            all.add(work.lastFailure);
        }
        if (work != null && work.running != null && work.running.isUnderWay()) {
            all.addFirst(entry(work.running, "running", work.running.tookNanos(), null));
        }
        return all;
    }

    void clear() {
        ring.clear();
    }

    private static Explanation.Attempt entry(
            Attempt<?> attempt, String outcome, long tookNanos, @Nullable String error) {
        return new Explanation.Attempt(
                attempt.operation(),
                attempt.cause(),
                attempt.generation(),
                attempt.attempt(),
                attempt.startedAt(),
                Duration.ofNanos(tookNanos),
                outcome,
                error);
    }
}
