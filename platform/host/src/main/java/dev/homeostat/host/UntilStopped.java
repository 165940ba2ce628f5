package dev.homeostat.host;

import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics;
import java.time.Duration;

/**
 * The metrics of one reconciler until it has stopped. Its last turn tells that nothing fails any more after its stop was over, when its figures are taken away already: they must
 * not come again, for nobody would take them away then. Safe for all threads.
 */
final class UntilStopped implements ReconcilerMetrics, AutoCloseable {
    private final ReconcilerMetrics metrics;
    private boolean stopped; // guarded by this

    UntilStopped(ReconcilerMetrics metrics) {
        this.metrics = metrics;
    }

    @Override
    public synchronized void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
        if (!stopped) {
            metrics.operationEnded(reconciler, kind, took, failed);
        }
    }

    @Override
    public synchronized void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {
        if (!stopped) {
            metrics.pruneEnded(reconciler, took, result, removed);
        }
    }

    @Override
    public synchronized void failing(String reconciler, long objects) {
        if (!stopped) {
            metrics.failing(reconciler, objects);
        }
    }

    @Override
    public synchronized void failedForGood(
            String reconciler, OperationKind kind, String key, String error, int attempts) {
        if (!stopped) {
            metrics.failedForGood(reconciler, kind, key, error, attempts);
        }
    }

    /** After this nothing reaches the metrics any more, not even what had begun. */
    @Override
    public synchronized void close() {
        stopped = true;
    }
}
