package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Outcome;
import java.util.List;

/** Operations that do nothing to many rows at once, successfully. */
final class NoBatchOperations<T> implements BatchOperations<T> {
    @Override
    public void updateAll(BatchContext context, List<BatchEntry<T>> entries) {
        entries.forEach(entry -> entry.result(Outcome.done()));
    }

    @Override
    public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) {
        entries.forEach(entry -> entry.result(Outcome.done()));
    }
}
