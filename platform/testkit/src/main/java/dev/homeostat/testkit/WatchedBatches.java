package dev.homeostat.testkit;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.ForwardingContext;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** {@link LosingAnswers} for batches. It sees besides which entries are left without a result. */
final class WatchedBatches<T> implements BatchOperations<T> {
    private final BatchOperations<T> operations;
    private final BooleanSupplier answersAreLost;
    private final List<String> forgotten;

    /** @param forgotten gets a line for each call that returned and left entries without a result */
    WatchedBatches(BatchOperations<T> operations, BooleanSupplier answersAreLost, List<String> forgotten) {
        this.operations = operations;
        this.answersAreLost = answersAreLost;
        this.forgotten = forgotten;
    }

    @Override
    public void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        List<Watched<T>> watched = watched(entries, false);
        operations.updateAll(context, List.copyOf(watched));
        note("updateAll", watched);
    }

    @Override
    public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        List<Watched<T>> watched = watched(entries, answersAreLost.getAsBoolean());
        operations.deleteAll(context, List.copyOf(watched));
        note("deleteAll", watched);
    }

    @Override
    public boolean bisect(Throwable failure) {
        return operations.bisect(failure);
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        operations.prune(context, desired);
    }

    private static <T> List<Watched<T>> watched(List<BatchEntry<T>> entries, boolean answersAreLost) {
        List<Watched<T>> watched = new ArrayList<>();
        entries.forEach(entry -> watched.add(new Watched<>(entry, answersAreLost)));
        return watched;
    }

    private void note(String call, List<Watched<T>> watched) {
        List<T> rows =
                watched.stream().filter(entry -> !entry.said).map(Watched::row).toList();
        if (!rows.isEmpty()) {
            forgotten.add(call + " returned and left " + rows.size() + " of its " + watched.size()
                    + " entries without a result: " + rows);
        }
    }

    /** An entry that remembers whether it was given a result. */
    private static final class Watched<T> extends ForwardingContext implements BatchEntry<T> {
        private final BatchEntry<T> entry;
        private final boolean answersAreLost;
        private volatile boolean said;

        Watched(BatchEntry<T> entry, boolean answersAreLost) {
            super(entry);
            this.entry = entry;
            this.answersAreLost = answersAreLost;
        }

        @Override
        public T row() {
            return entry.row();
        }

        @Override
        public void result(Outcome outcome) {
            entry.result(answersAreLost && attempt() == 1 ? Outcome.retry("the answer was lost") : outcome);
            said = true;
        }
    }
}
