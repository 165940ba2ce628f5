package dev.homeostat.reconciler;

import java.time.Duration;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Keeps what a metrics hook throws away from the reconciler, and logs the first of it. */
final class SafeMetrics {
    private static final Logger LOG = LoggerFactory.getLogger(SafeMetrics.class);

    private final ReconcilerMetrics metrics;
    private final String reconciler;
    private boolean warned;

    SafeMetrics(ReconcilerMetrics metrics, String reconciler) {
        this.metrics = metrics;
        this.reconciler = reconciler;
    }

    /** Whether anybody listens. */
    boolean areHeard() {
        return !metrics.equals(ReconcilerMetrics.NONE);
    }

    void operationEnded(OperationKind kind, long tookNanos, boolean failed) {
        call(m -> m.operationEnded(reconciler, kind, Duration.ofNanos(tookNanos), failed));
    }

    void pruneEnded(long tookNanos, ReconcilerMetrics.PruneResult result, int removed) {
        call(m -> m.pruneEnded(reconciler, Duration.ofNanos(tookNanos), result, removed));
    }

    void failing(long objects) {
        call(m -> m.failing(reconciler, objects));
    }

    void failedForGood(OperationKind kind, String key, String error, int attempts) {
        call(m -> m.failedForGood(reconciler, kind, key, error, attempts));
    }

    private void call(Consumer<ReconcilerMetrics> event) {
        if (!areHeard()) {
            return;
        }
        try {
            event.accept(metrics);
        } catch (Throwable t) {
            if (!warned) {
                warned = true;
                LOG.warn("the metrics of reconciler {} throw; this is logged once", reconciler, t);
            }
        }
    }
}
