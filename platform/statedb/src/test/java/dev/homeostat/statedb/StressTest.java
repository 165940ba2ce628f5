package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Invariants 1 to 4 under many threads: bounded numbers of transactions, no sleeping. */
final class StressTest {
    private record Account(long id, long amount) {}

    private static final Index<Account, Long> ID = Index.uniqueLong("id", Account::id);
    private static final int ACCOUNTS = 50;
    private static final int TRANSFERS = 3000;

    private final Database db = StateDatabase.create();
    private final RWTable<Account> left = db.create(TableSpec.of("left", Account.class, ID));
    private final RWTable<Account> right = db.create(TableSpec.of("right", Account.class, ID));
    // Platform threads: a virtual one that never waits would keep its carrier.
    private final ExecutorService threads =
            Executors.newThreadPerTaskExecutor(Thread.ofPlatform().daemon().factory());
    private final AtomicBoolean done = new AtomicBoolean();

    @AfterEach
    void stop() throws InterruptedException {
        done.set(true);
        threads.shutdownNow();
        // Not close(): a thread that waits for a lock for ever would hide the failure that says so.
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    @Test
    void invariant_1_noTornCommitsOverTwoTables() throws Exception {
        List<Future<?>> writers = new ArrayList<>();
        List<Future<?>> readers = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int seed = i;
            writers.add(threads.submit(run(() -> transfer(new Random(seed)))));
            readers.add(threads.submit(run(this::readTotals)));
        }
        readers.add(threads.submit(run(() -> followAll(left))));
        readers.add(threads.submit(run(() -> followAll(right))));
        join(writers);
        done.set(true);
        // Wakes the followers for the last time.
        try (WriteTxn txn = db.writeTxn(left, right)) {
            left.insert(txn, new Account(-1, 0));
            right.insert(txn, new Account(-1, 0));
            txn.commit();
        }
        join(readers);
        assertThat(total(db.readTxn())).isZero();
    }

    @Test
    void invariant_3_aWatcherAlwaysFindsTheNewState() throws Exception {
        List<Future<?>> watchers = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            long id = i % 2;
            watchers.add(threads.submit(run(() -> watchUntil(id, TRANSFERS))));
        }
        for (long n = 1; n <= TRANSFERS; n++) {
            long amount = n;
            db.write(left, txn -> left.insert(txn, new Account(0, amount)));
            db.write(left, txn -> left.insert(txn, new Account(1, amount)));
        }
        join(watchers);
    }

    private void transfer(Random random) {
        for (int i = 0; i < TRANSFERS; i++) {
            RWTable<?>[] tables =
                    random.nextBoolean() ? new RWTable<?>[] {left, right} : new RWTable<?>[] {right, left};
            try (WriteTxn txn = db.writeTxn(tables)) {
                add(txn, random.nextBoolean() ? left : right, random.nextInt(ACCOUNTS), 1);
                add(txn, random.nextBoolean() ? left : right, random.nextInt(ACCOUNTS), -1);
                if (random.nextInt(5) != 0) {
                    txn.commit();
                }
            }
        }
    }

    private void add(WriteTxn txn, RWTable<Account> table, long id, long amount) {
        Row<Account> row = table.get(txn, ID.query(id));
        long sum = amount + (row == null ? 0 : row.value().amount());
        if (sum == 0) {
            table.delete(txn, new Account(id, 0));
        } else {
            table.insert(txn, new Account(id, sum));
        }
    }

    private void readTotals() {
        while (!done.get()) {
            ReadTxn txn = db.readTxn();
            assertThat(total(txn)).isZero();
            assertThat(total(txn)).isZero();
        }
    }

    private long total(ReadTxn txn) {
        return left.all(txn).values().mapToLong(Account::amount).sum()
                + right.all(txn).values().mapToLong(Account::amount).sum();
    }

    /** Iterators come and go while writers delete: the copy that one keeps must be the table, at each snapshot. */
    private void followAll(RWTable<Account> table) throws InterruptedException {
        Random random = new Random(table.name().hashCode());
        while (!done.get()) {
            try (ChangeIterator<Account> changes = table.changes()) {
                Map<Long, Account> copy = new TreeMap<>();
                for (int round = random.nextInt(1, 40); round > 0; round--) {
                    ReadTxn txn = db.readTxn();
                    Changes<Account> next = changes.next(txn);
                    for (Change<Account> change : next) {
                        Account account = change.row().value();
                        if (change instanceof Change.Update) {
                            copy.put(account.id(), account);
                        } else {
                            copy.remove(account.id());
                        }
                    }
                    assertThat(copy.values())
                            .containsExactlyElementsOf(table.all(txn).values().toList());
                    if (!done.get()) {
                        next.watch().await();
                    }
                }
            }
        }
    }

    private void watchUntil(long id, long last) throws InterruptedException {
        long seen = 0;
        while (seen < last) {
            ReadTxn txn = db.readTxn();
            Row<Account> row = left.get(txn, ID.query(id));
            long amount = row == null ? 0 : row.value().amount();
            assertThat(amount).isGreaterThanOrEqualTo(seen);
            seen = amount;
            if (seen < last) {
                Watch watch = left.watch(txn, ID.query(id));
                watch.await();
                Row<Account> now = left.get(db.readTxn(), ID.query(id));
                // A near neighbour may wake too; but what woke for its own key must not find the old row.
                assertThat(now == null ? 0 : now.value().amount()).isGreaterThanOrEqualTo(seen);
            }
        }
    }

    private interface Body {
        void run() throws Exception;
    }

    private static Callable<Boolean> run(Body body) {
        return () -> {
            body.run();
            return true;
        };
    }

    private static void join(List<Future<?>> futures) throws Exception {
        for (Future<?> future : futures) {
            try {
                future.get(60, TimeUnit.SECONDS);
            } catch (ExecutionException e) {
                throw new AssertionError(e.getCause());
            }
        }
    }
}
