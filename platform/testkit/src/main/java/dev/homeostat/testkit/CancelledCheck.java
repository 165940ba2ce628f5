package dev.homeostat.testkit;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs an update and a delete in real time under a short deadline: when it is over, they are cancelled and interrupted, and must come to an end. */
final class CancelledCheck implements OperationsCheck {
    private static final Duration DEADLINE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Duration BEGIN = Duration.ofSeconds(30);

    @Override
    public <T> void run(OperationsTest<T> test) throws Exception {
        Scheduler scheduler = Schedulers.system();
        try (OperationsTarget<T> target = test.target()) {
            Database database = StateDatabase.builder().scheduler(scheduler).build();
            RWTable<T> table = database.create(test.table());
            Timer updates = new Timer("update");
            Timer deletes = new Timer("delete");
            Operations<T> plain = target.operations(table);
            Operations<T> operations = plain instanceof BatchOperations<T> batches
                    ? new TimedBatches<>(batches, updates, deletes)
                    : new Timed<>(plain, updates, deletes);
            Options options = Options.defaults().withoutPruning().operationDeadline(DEADLINE);
            Reconcilers reconcilers = Reconcilers.builder(database, scheduler).build();
            StatusSlot<T> slot = test.slot();
            RunningReconciler<T> reconciler = slot == null
                    ? reconcilers.start("cancelled", table, operations, options)
                    : reconcilers.start("cancelled", table, slot, operations, options);
            database.write(table, txn -> table.insert(txn, test.row(0, 1)));
            updates.requireEnd();
            database.write(table, txn -> table.delete(txn, test.row(0, 1)));
            deletes.requireEnd();
            reconciler.stop().toCompletableFuture().get(PATIENCE.toSeconds() + 10, TimeUnit.SECONDS);
        }
    }

    /** Notes when the first operation of its kind began, and ended. */
    private static final class Timer {
        private final String kind;
        private final CountDownLatch begun = new CountDownLatch(1);
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

        Timer(String kind) {
            this.kind = kind;
        }

        <R> R during(Callable<R> operation) throws Exception {
            if (thread.compareAndSet(null, Thread.currentThread())) {
                begun.countDown();
            }
            try {
                return operation.call();
            } finally {
                ended.countDown();
            }
        }

        void requireEnd() throws InterruptedException {
            if (!begun.await(BEGIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError(kind + " was not called within " + BEGIN.toSeconds() + " s");
            }
            if (!ended.await(DEADLINE.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                Thread running = thread.get();
                String stack = running == null
                        ? ""
                        : Arrays.stream(running.getStackTrace())
                                .map(frame -> "\n    at " + frame)
                                .collect(Collectors.joining());
                throw new AssertionError(
                        kind + " ignores cancellation: its deadline passed, it was told so by isCancelled and by"
                                + " an interrupt, and " + PATIENCE.toSeconds()
                                + " s later it still runs; look at isCancelled in loops, and let"
                                + " InterruptedException end the operation. It is here:" + stack);
            }
        }
    }

    private record Timed<T>(Operations<T> operations, Timer updates, Timer deletes) implements Operations<T> {
        @Override
        public Outcome update(OperationContext context, T row) throws Exception {
            return updates.during(() -> operations.update(context, row));
        }

        @Override
        public Outcome delete(OperationContext context, T row) throws Exception {
            return deletes.during(() -> operations.delete(context, row));
        }
    }

    private record TimedBatches<T>(BatchOperations<T> operations, Timer updates, Timer deletes)
            implements BatchOperations<T> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
            updates.during(() -> {
                operations.updateAll(context, entries);
                return entries;
            });
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
            deletes.during(() -> {
                operations.deleteAll(context, entries);
                return entries;
            });
        }
    }
}
