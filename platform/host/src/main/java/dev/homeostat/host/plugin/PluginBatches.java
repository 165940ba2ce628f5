package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.List;

/** A plugin's batches: the same for many rows at a time. */
record PluginBatches<T>(BatchOperations<T> batches, PluginOperations<T> single) implements BatchOperations<T> {
    @Override
    public void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        DatabaseHandle database = single.database();
        call(() -> batches.updateAll(new BatchHandle(context, database), EntryHandle.all(entries, database)));
    }

    @Override
    public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        DatabaseHandle database = single.database();
        call(() -> batches.deleteAll(new BatchHandle(context, database), EntryHandle.all(entries, database)));
    }

    @Override
    public boolean bisect(Throwable failure) {
        return single.around().call(single.reconciler(), () -> batches.bisect(failure));
    }

    @Override
    public Outcome update(OperationContext context, T row) throws Exception {
        return single.update(context, row);
    }

    @Override
    public Outcome delete(OperationContext context, T row) throws Exception {
        return single.delete(context, row);
    }

    @Override
    public Observation observe(OperationContext context, T row) throws Exception {
        return single.observe(context, row);
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        single.prune(context, desired);
    }

    private void call(Call batch) throws Exception {
        single.around().call(single.reconciler(), () -> {
            batch.run();
            return true;
        });
    }

    private interface Call {
        void run() throws Exception;
    }
}
