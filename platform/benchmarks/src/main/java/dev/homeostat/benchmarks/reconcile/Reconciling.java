package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import java.util.concurrent.TimeUnit;

/** A database with one table and one reconciler, on real time. */
final class Reconciling<T> implements AutoCloseable {
    private static final long PATIENCE_SECONDS = 100;

    private final Workload<T> workload;
    private final ClosableScheduler scheduler = Schedulers.named("bench");
    private final Database db = StateDatabase.builder().scheduler(scheduler).build();
    private final RWTable<T> table;
    private final RunningReconciler<T> reconciler;

    private Reconciling(Workload<T> workload, Options options) {
        this.workload = workload;
        this.table = db.create(workload.table());
        this.reconciler =
                workload.starter().start(Reconcilers.builder(db, scheduler).build(), table, options);
    }

    static <T> Reconciling<T> start(Workload<T> workload, Options options) {
        return new Reconciling<>(workload, options);
    }

    /** Inserts the rows of these numbers in one transaction. */
    void insert(long from, long to) {
        try (WriteTxn txn = db.writeTxn(table)) {
            for (long id = from; id < to; id++) {
                table.insert(txn, workload.row().apply(id));
            }
            txn.commit();
        }
    }

    /** Waits until all rows are done, of which there must be so many. */
    void awaitDone(long rows) throws Exception {
        WaitResult result =
                reconciler.waitForReconciliation().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
        long updates = reconciler.stats().updates();
        if (!result.reconciled() || updates < rows) {
            throw new AssertionError("after " + updates + " updates of " + rows + ": " + result);
        }
    }

    /** Waits until so many rows fail. */
    void awaitFailing(long rows) throws InterruptedException {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (reconciler.health().failing() < rows) {
            if (System.nanoTime() - deadline > 0) {
                throw new AssertionError(reconciler.health().message());
            }
            TimeUnit.MILLISECONDS.sleep(10);
        }
    }

    RunningReconciler<T> reconciler() {
        return reconciler;
    }

    @Override
    public void close() {
        reconciler.stop().toCompletableFuture().join(); // ends by its own deadline
        scheduler.close();
    }
}
