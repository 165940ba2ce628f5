package dev.homeostat.testkit;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.ForwardingContext;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Operations under a {@link Watch}. */
final class WatchedOperations<T> implements Operations<T> {
    private final Operations<T> operations;
    private final Watch watch;
    private final @Nullable Leftovers<T> leftovers;

    WatchedOperations(Operations<T> operations, Watch watch, @Nullable Leftovers<T> leftovers) {
        this.operations = operations;
        this.watch = watch;
        this.leftovers = leftovers;
    }

    @Override
    public Outcome update(OperationContext context, T row) throws Exception {
        if (leftovers != null) {
            leftovers.attempts(row);
        }
        Outcome outcome = watch.during("update", row, () -> operations.update(context, row));
        watch.cameTo("update of " + row, outcome);
        return outcome;
    }

    @Override
    public Outcome delete(OperationContext context, T row) throws Exception {
        Outcome outcome = watch.during("delete", row, () -> operations.delete(context, row));
        watch.cameTo("delete of " + row, outcome);
        if (leftovers != null && outcome instanceof Outcome.Done) {
            leftovers.deleted(row);
        }
        return watch.answer(context, outcome);
    }

    @Override
    public Observation observe(OperationContext context, T row) throws Exception {
        return watch.during("observe", row, () -> operations.observe(context, row));
    }

    @Override
    public void prune(PruneContext context, Rows<T> desired) throws Exception {
        if (leftovers != null) {
            leftovers.prune(context, desired, operations);
            return;
        }
        watch.during("prune", desired.count() + " rows", () -> {
            operations.prune(new Registering(context), desired);
            return desired;
        });
        watch.pruned();
    }

    /** Watches the removals. */
    private final class Registering extends ForwardingContext implements PruneContext {
        private final PruneContext context;

        Registering(PruneContext context) {
            super(context);
            this.context = context;
        }

        @Override
        public void remove(String name, Key rowKey, Removal action) {
            context.remove(name, rowKey, watched(name, action));
        }

        @Override
        public void remove(String name, Predicate<ReadTxn> stillUndesired, Removal action) {
            context.remove(name, stillUndesired, watched(name, action));
        }

        private Removal watched(String name, Removal action) {
            return removal -> watch.during("removal", name, () -> {
                action.run(removal);
                if (watch.removesTwice()) {
                    action.run(removal);
                }
                return name;
            });
        }
    }
}
