package dev.homeostat.testkit;

import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.ForwardingContext;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Batches under a {@link Watch}. It sees besides which entries are left without a result, or get two. */
final class WatchedBatches<T> implements BatchOperations<T> {
    private final BatchOperations<T> operations;
    private final WatchedOperations<T> single;
    private final Watch watch;
    private final @Nullable Leftovers<T> leftovers;

    /** One of the two calls. */
    private interface Calls<T> {
        void run(List<BatchEntry<T>> entries) throws Exception;
    }

    /** @param single the same, for what is no batch */
    WatchedBatches(
            BatchOperations<T> operations, WatchedOperations<T> single, Watch watch, @Nullable Leftovers<T> leftovers) {
        this.operations = operations;
        this.single = single;
        this.watch = watch;
        this.leftovers = leftovers;
    }

    @Override
    public void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        if (leftovers != null) {
            entries.forEach(entry -> leftovers.attempts(entry.row()));
        }
        call("updateAll", entries, some -> operations.updateAll(context, some));
    }

    @Override
    public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
        call("deleteAll", entries, some -> operations.deleteAll(context, some));
    }

    @Override
    public boolean bisect(Throwable failure) {
        return operations.bisect(failure);
    }

    @Override
    public Observation observe(OperationContext context, T row) throws Exception {
        return single.observe(context, row);
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        single.prune(context, desired);
    }

    private void call(String name, List<BatchEntry<T>> entries, Calls<T> calls) throws Exception {
        List<Watched> watched = new ArrayList<>();
        entries.forEach(entry -> watched.add(new Watched(name, entry)));
        List<T> rows = entries.stream().map(BatchEntry::row).toList();
        try {
            watch.during(name, rows, () -> {
                calls.run(List.copyOf(watched));
                return rows;
            });
        } catch (Exception e) {
            if (watched.stream().allMatch(entry -> entry.said)) {
                watch.batchFault(name + " throws " + e + " after all of its entries have got their results, so nobody"
                        + " takes notice; give the entries that it concerns a result that says so");
            }
            throw e;
        }
        List<T> forgotten =
                watched.stream().filter(entry -> !entry.said).map(Watched::row).toList();
        if (!forgotten.isEmpty()) {
            watch.batchFault("a batch forgets an entry: " + name + " returned and left " + forgotten.size() + " of its "
                    + watched.size() + " entries without a result: " + forgotten + "; each entry needs result(…)"
                    + " before the call returns, or throw what went wrong: one that is left without has failed,"
                    + " and is tried again");
        }
    }

    /** An entry that remembers whether it was given a result. */
    private final class Watched extends ForwardingContext implements BatchEntry<T> {
        private final String call;
        private final BatchEntry<T> entry;
        private volatile boolean said;

        Watched(String call, BatchEntry<T> entry) {
            super(entry);
            this.call = call;
            this.entry = entry;
        }

        @Override
        public T row() {
            return entry.row();
        }

        @Override
        public void result(Outcome outcome) {
            if (said) {
                watch.batchFault(call + " gives " + row() + " a second result, " + outcome + "; each entry takes one");
            }
            entry.result(call.equals("deleteAll") ? watch.answer(this, outcome) : outcome);
            said = true;
            watch.cameTo(call + " with " + row(), outcome);
            if (leftovers != null && call.equals("deleteAll") && outcome instanceof Outcome.Done) {
                leftovers.deleted(row());
            }
        }
    }
}
