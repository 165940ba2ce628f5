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
import org.awaitility.Awaitility;
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

    /** In the row, statuses are committed to the table that the operation keeps locked. */
    @Test
    void promise_B14_stopEndsThoughAnOperationKeepsTheTableLocked() throws Exception {
        RWTable<Station> stations = db.create(StatusSide.FIELD.spec());
        CountDownLatch locked = new CountDownLatch(1);
        CountDownLatch over = new CountDownLatch(1);
        CountDownLatch interrupted = new CountDownLatch(1);
        Operations<Station> operations = new Operations<>() {
            @Override
            public Outcome update(OperationContext context, Station row) throws Exception {
                if (StatusSide.FIELD.name(row).equals("a")) {
                    try (var _ = db.writeTxn(stations)) {
                        locked.countDown();
                        over.await();
                    } catch (InterruptedException e) {
                        interrupted.countDown();
                        throw e;
                    }
                }
                locked.await(); // so that its status comes too late
                return Outcome.done();
            }

            @Override
            public Outcome delete(OperationContext context, Station row) {
                return Outcome.done();
            }
        };
        RunningReconciler<Station> reconciler = StatusSide.FIELD.start(
                Reconcilers.builder(db, Schedulers.system()).build(),
                "main",
                stations,
                operations,
                Options.defaults().withoutPruning().concurrency(2).stopDeadline(Duration.ofMillis(600)));
        db.write(stations, txn -> {
            stations.insert(txn, StatusSide.FIELD.desired(null, "a", "1"));
            return stations.insert(txn, StatusSide.FIELD.desired(null, "b", "1"));
        });
        assertThat(locked.await(20, TimeUnit.SECONDS)).isTrue();
        Awaitility.await("the commit of b waits for the table")
                .atMost(Duration.ofSeconds(20))
                .until(() -> reconciler.health().problems().stream().anyMatch(problem -> problem.contains("locked")));

        reconciler.stop().toCompletableFuture().get(20, TimeUnit.SECONDS);
        assertThat(reconciler.isStopped()).isTrue();
        assertThat(interrupted.await(20, TimeUnit.SECONDS))
                .as("an interrupt reached the operation")
                .isTrue();
        over.countDown();
    }

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
