package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The same code on real time and virtual threads, with writers, readers and operations all at once. */
final class RealThreadsTest {
    private static final int WRITERS = 4;
    private static final int WRITES = 2_000;
    private static final int NAMES = 50;

    private final Database db = StateDatabase.create();
    private final RWTable<Item> items = db.create(Item.TABLE);
    private final Map<String, Item> target = new ConcurrentHashMap<>();
    private final Set<String> busy = ConcurrentHashMap.newKeySet();
    private final AtomicInteger overlaps = new AtomicInteger();

    @Test
    void writersReadersAndOperationsAtOnce_converge() throws Exception {
        Reconcilers reconcilers = Reconcilers.builder(db, Schedulers.system()).build();
        RunningReconciler<Item> reconciler = reconcilers.start(
                "real",
                items,
                new Shaky(),
                Options.defaults()
                        .concurrency(8)
                        .retrying(Duration.ofMillis(1), Duration.ofMillis(20))
                        .refreshing(Duration.ofMillis(5), 1000));
        CountDownLatch written = new CountDownLatch(WRITERS);
        for (int writer = 0; writer < WRITERS; writer++) {
            Thread.startVirtualThread(() -> {
                for (int i = 0; i < WRITES; i++) {
                    write("n" + ThreadLocalRandom.current().nextInt(NAMES), i);
                    if (i % 100 == 0) {
                        assertThat(reconciler.health().objects()).isNotNegative();
                        reconciler.explain(Item.key("n1"));
                    }
                }
                written.countDown();
            });
        }
        assertThat(written.await(60, TimeUnit.SECONDS)).isTrue();
        WaitResult result =
                reconciler.waitForReconciliation().toCompletableFuture().get(60, TimeUnit.SECONDS);
        assertThat(result.reconciled()).isTrue();

        reconciler.stop().toCompletableFuture().get(60, TimeUnit.SECONDS);
        Map<String, Item> desired = new TreeMap<>();
        for (Row<Item> row : items.all(db.readTxn())) {
            desired.put(row.value().name(), row.value());
        }
        assertThat(new TreeMap<>(target)).isEqualTo(desired);
        assertThat(overlaps).hasValue(0);
    }

    private void write(String name, int i) {
        if (i % 5 == 4) {
            db.write(items, txn -> items.delete(txn, Item.NAME.query(name)));
        } else {
            db.write(
                    items,
                    txn -> items.insert(
                            txn, new Item(name, Thread.currentThread().threadId() + "-" + i)));
        }
    }

    /** Fails one time in ten, and notices when two operations on one name overlap. */
    private final class Shaky implements Operations<Item> {
        @Override
        public Outcome update(OperationContext context, Item row) {
            return alone(row.name(), () -> target.put(row.name(), row));
        }

        @Override
        public Outcome delete(OperationContext context, Item row) {
            return alone(row.name(), () -> target.remove(row.name()));
        }

        private Outcome alone(String name, Runnable action) {
            if (!busy.add(name)) {
                overlaps.incrementAndGet();
            }
            try {
                if (ThreadLocalRandom.current().nextInt(10) == 0) {
                    return Outcome.retry("dice");
                }
                action.run();
                return Outcome.done();
            } finally {
                busy.remove(name);
            }
        }
    }
}
