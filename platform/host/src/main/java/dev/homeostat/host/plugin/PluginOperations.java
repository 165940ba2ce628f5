package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;

/** A plugin's operations, with its names in the log, its class loader on the thread, and its view of the database. */
record PluginOperations<T>(Operations<T> operations, PluginThread around, DatabaseHandle database, String reconciler)
        implements Operations<T> {
    /** These operations, wrapped; batches stay batches. */
    static <T> Operations<T> of(
            Operations<T> operations, PluginThread around, DatabaseHandle database, String reconciler) {
        PluginOperations<T> single = new PluginOperations<>(operations, around, database, reconciler);
        return operations instanceof BatchOperations<T> batches ? new PluginBatches<>(batches, single) : single;
    }

    @Override
    public Outcome update(OperationContext context, T row) throws Exception {
        return around.call(reconciler, () -> operations.update(new OperationHandle(context, database), row));
    }

    @Override
    public Outcome delete(OperationContext context, T row) throws Exception {
        return around.call(reconciler, () -> operations.delete(new OperationHandle(context, database), row));
    }

    @Override
    public Observation observe(OperationContext context, T row) throws Exception {
        return around.call(reconciler, () -> operations.observe(new OperationHandle(context, database), row));
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        around.call(reconciler, () -> {
            operations.prune(new PruneHandle(context, database), desired);
            return true;
        });
    }
}
