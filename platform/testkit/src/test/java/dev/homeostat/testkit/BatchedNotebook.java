package dev.homeostat.testkit;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.List;
import java.util.concurrent.Callable;

/** A notebook that is written many pages at a time; tests override what they want to be wrong. */
class BatchedNotebook extends Notebook {
    @Override
    public Operations<Note> operations(RWTable<Note> table) {
        return new BatchOperations<>() {
            @Override
            public void updateAll(BatchContext context, List<BatchEntry<Note>> entries) throws Exception {
                BatchedNotebook.this.updateAll(entries);
            }

            @Override
            public void deleteAll(BatchContext context, List<BatchEntry<Note>> entries) throws Exception {
                for (BatchEntry<Note> entry : entries) {
                    entry.result(attempt(() -> BatchedNotebook.this.delete(entry, entry.row())));
                }
            }

            @Override
            public Observation observe(OperationContext context, Note row) throws Exception {
                return BatchedNotebook.this.observe(context, row);
            }

            @Override
            public void prune(PruneContext context, Rows<Note> desired) throws Exception {
                BatchedNotebook.this.prune(context, desired);
            }
        };
    }

    void updateAll(List<BatchEntry<Note>> entries) throws Exception {
        for (BatchEntry<Note> entry : entries) {
            entry.result(attempt(() -> update(entry, entry.row())));
        }
    }

    /** An entry that fails is no matter of its neighbours. */
    static Outcome attempt(Callable<Outcome> operation) {
        try {
            return operation.call();
        } catch (Exception e) {
            return Outcome.retry(e.toString());
        }
    }
}
