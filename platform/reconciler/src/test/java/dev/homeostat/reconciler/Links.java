package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import dev.homeostat.testkit.fakes.FakeTarget;
import dev.homeostat.testkit.fakes.Fault;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Another table beside a lab's, for rows that items wait for. */
final class Links {
    final Lab lab;
    final RWTable<Link> table;
    final FakeTarget<Link> target = new FakeTarget<>(Link::name, Link::key);

    @Nullable
    RunningReconciler<Link> reconciler;

    Links(Lab lab) {
        this.lab = lab;
        this.table = lab.db.create(Link.TABLE);
    }

    RunningReconciler<Link> start(Options options) {
        RunningReconciler<Link> started = lab.reconcilers.start("lab", table, target, options);
        reconciler = started;
        return started;
    }

    void put(String name, String state) {
        lab.db.write(table, txn -> table.insert(txn, new Link(name, state)));
    }

    void delete(String name) {
        lab.db.write(table, txn -> table.delete(txn, Link.NAME.query(name)));
    }

    boolean isThere(OperationContext context, String name) {
        return row(context, name) != null;
    }

    /** Blocks until the link is there. */
    Fault needs(String name) {
        return when(name, "needs " + name, context -> isThere(context, name));
    }

    /** Blocks until the link is up. */
    Fault needsUp(String name) {
        return when(name, "needs " + name + " up", context -> {
            Row<Link> row = row(context, name);
            return row != null && row.value().state().equals("up");
        });
    }

    /** Blocks until the link is not there. */
    Fault needsGone(String name) {
        return when(name, name + " is still there", context -> !isThere(context, name));
    }

    /** Blocks until the link was done. */
    Fault needsDone(String name) {
        return when(name, "needs " + name + " done", context -> {
            Status status =
                    reconciler == null ? null : requireNonNull(reconciler).status(context.txn(), Link.key(name));
            return status != null && status.kind() == StatusKind.DONE;
        });
    }

    private @Nullable Row<Link> row(OperationContext context, String name) {
        ReadTxn txn = context.txn();
        return table.get(txn, Link.NAME.query(name));
    }

    private static Fault when(String name, String reason, Predicate<OperationContext> condition) {
        return (context, operation) ->
                condition.test(context) ? operation.call() : Outcome.blocked("links", Link.key(name), reason);
    }
}
