package dev.homeostat.testkit;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;

/** Operations made anew for each process, on a notebook that outlives them; tests override what they want to be wrong. */
class NoteOperations implements Operations<Note> {
    final Notebook notebook;

    NoteOperations(Notebook notebook) {
        this.notebook = notebook;
    }

    @Override
    public Outcome update(OperationContext context, Note row) throws Exception {
        return notebook.update(context, row);
    }

    @Override
    public Outcome delete(OperationContext context, Note row) throws Exception {
        return notebook.delete(context, row);
    }

    @Override
    public void prune(PruneContext context, Rows<Note> desired) throws Exception {
        notebook.prune(context, desired);
    }
}
