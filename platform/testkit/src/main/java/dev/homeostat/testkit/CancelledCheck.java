package dev.homeostat.testkit;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.util.Arrays;
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
            Timed<T> timed = new Timed<>(target.operations(table));
            RunningReconciler<T> reconciler = Reconcilers.builder(database, scheduler)
                    .build()
                    .start(
                            "cancelled",
                            table,
                            timed,
                            Options.defaults().withoutPruning().operationDeadline(DEADLINE));
            database.write(table, txn -> table.insert(txn, test.row(0, 1)));
            timed.requireEnd();
            reconciler.stop().toCompletableFuture().get(PATIENCE.toSeconds() + 10, TimeUnit.SECONDS);
        }
    }

    /** Notes when the first update ended. */
    private static final class Timed<T> implements Operations<T> {
        private final Operations<T> operations;
        private final CountDownLatch ended = new CountDownLatch(1);
        private final AtomicReference<@Nullable Thread> thread = new AtomicReference<>();

        Timed(Operations<T> operations) {
            this.operations = operations;
        }

        @Override
        public Outcome update(OperationContext context, T row) throws Exception {
            thread.compareAndSet(null, Thread.currentThread());
            try {
                return operations.update(context, row);
            } finally {
                ended.countDown();
            }
        }

        @Override
        public Outcome delete(OperationContext context, T row) throws Exception {
            return operations.delete(context, row);
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
}
