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
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Runs an update in real time under a short deadline: when it is over, it is cancelled and interrupted, and must come to an end. */
final class CancelledCheck implements OperationsCheck {
    private static final Duration DEADLINE = Duration.ofMillis(50);
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    @Override
    public <T> void run(OperationsTest<T> test) throws Exception {
        Scheduler scheduler = Schedulers.system();
        try (OperationsTarget<T> target = test.target()) {
            Database database = StateDatabase.builder().scheduler(scheduler).build();
            RWTable<T> table = database.create(test.table());
            Timer timed = new Timer();
            Operations<T> plain = target.operations(table);
            Operations<T> operations = plain instanceof BatchOperations<T> batches
                    ? new TimedBatches<>(batches, timed)
                    : new Timed<>(plain, timed);
            Options options = Options.defaults().withoutPruning().operationDeadline(DEADLINE);
            Reconcilers reconcilers = Reconcilers.builder(database, scheduler).build();
            StatusSlot<T> slot = test.slot();
            RunningReconciler<T> reconciler = slot == null
                    ? reconcilers.start("cancelled", table, operations, options)
                    : reconcilers.start("cancelled", table, slot, operations, options);
            database.write(table, txn -> table.insert(txn, test.row(0, 1)));
            timed.requireEnd();
            reconciler.stop().toCompletableFuture().get(PATIENCE.toSeconds() + 10, TimeUnit.SECONDS);
        }
    }

    /** Notes when the first update ended. */
    private static final class Timer {
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

        void starts() {
            thread.compareAndSet(null, Thread.currentThread());
        }

        void ends() {
            ended.countDown();
        }

        void requireEnd() throws InterruptedException {
            if (!ended.await(DEADLINE.plus(PATIENCE).toMillis(), TimeUnit.MILLISECONDS)) {
                Thread running = thread.get();
                String stack = running == null
                        ? ""
                        : Arrays.stream(running.getStackTrace())
                                .map(frame -> "\n    at " + frame)
                                .collect(Collectors.joining());
                throw new AssertionError(
                        "update ignores cancellation: its deadline passed, it was told so by isCancelled and by"
                                + " an interrupt, and " + PATIENCE.toSeconds()
                                + " s later it still runs; look at isCancelled in loops, and let"
                                + " InterruptedException end the operation. It is here:" + stack);
            }
        }
    }

    private record Timed<T>(Operations<T> operations, Timer timer) implements Operations<T> {
        @Override
        public Outcome update(OperationContext context, T row) throws Exception {
            timer.starts();
            try {
                return operations.update(context, row);
            } finally {
                timer.ends();
            }
        }

        @Override
        public Outcome delete(OperationContext context, T row) throws Exception {
            return operations.delete(context, row);
        }
    }

    private record TimedBatches<T>(BatchOperations<T> operations, Timer timer) implements BatchOperations<T> {
        @Override
        public void updateAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
            timer.starts();
            try {
                operations.updateAll(context, entries);
            } finally {
                timer.ends();
            }
        }

        @Override
        public void deleteAll(BatchContext context, List<BatchEntry<T>> entries) throws Exception {
            operations.deleteAll(context, entries);
        }
    }
}
