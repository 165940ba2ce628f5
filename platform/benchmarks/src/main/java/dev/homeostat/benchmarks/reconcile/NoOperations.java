package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;

/** Operations that do nothing, successfully. */
final class NoOperations<T> implements Operations<T> {
    @Override
    public Outcome update(OperationContext context, T row) {
        return Outcome.done();
    }

    @Override
    public Outcome delete(OperationContext context, T row) {
        return Outcome.done();
    }
}
