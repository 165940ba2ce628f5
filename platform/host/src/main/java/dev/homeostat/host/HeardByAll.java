package dev.homeostat.host;

import dev.homeostat.reconciler.OperationKind;
import dev.homeostat.reconciler.ReconcilerMetrics;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * Several that hear what reconcilers do, as one.
 *
 * @param all told in this order
 */
record HeardByAll(List<ReconcilerMetrics> all) implements ReconcilerMetrics {
    HeardByAll {
        all = List.copyOf(all);
    }

    static ReconcilerMetrics of(ReconcilerMetrics... all) {
        return new HeardByAll(List.of(all));
    }

    @Override
    public void operationEnded(String reconciler, OperationKind kind, Duration took, boolean failed) {
        each(one -> one.operationEnded(reconciler, kind, took, failed));
    }

    @Override
    public void pruneEnded(String reconciler, Duration took, PruneResult result, int removed) {
        each(one -> one.pruneEnded(reconciler, took, result, removed));
    }

    @Override
    public void failing(String reconciler, long objects) {
        each(one -> one.failing(reconciler, objects));
    }

    @Override
    public void failedForGood(String reconciler, OperationKind kind, String key, String error, int attempts) {
        each(one -> one.failedForGood(reconciler, kind, key, error, attempts));
    }

    private void each(Consumer<ReconcilerMetrics> event) {
        all.forEach(event);
    }
}
