package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WatchSet;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import dev.homeostat.statedb.watch.WatchToken;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * The heap is where it was after a long time of coming and going: used bytes after a garbage collection, before and after.
 *
 * <p>The ordinary build goes round 150 000 times; {@code mvn -q -pl platform/statedb -am -Plong -Dtest=HeapTest -Dsurefire.failIfNoSpecifiedTests=false test} does
 * it ten million times, or any number with {@code -Dstatedb.cycles=N}.
 */
final class HeapTest {
    private static final long SLACK = 2_000_000;
    private static final int CYCLES = Integer.getInteger("statedb.cycles", 150_000);
    private static final int ROWS = 100;

    private record Numbered(long id, long payload) {}

    private static final Index<Numbered, Long> ID = Index.uniqueLong("id", Numbered::id);

    private final ManualScheduler scheduler = new ManualScheduler();
    private final Database db = StateDatabase.builder().scheduler(scheduler).build();
    private final RWTable<Memo> memos = db.create(Memo.TABLE);
    private final RWTable<Numbered> numbers = db.create(TableSpec.of("numbers", Numbered.class, ID));

    @Test
    void insertAndDelete_withoutChangeIterator_leaveTheHeapWhereItWas() {
        cycle(1000);
        long before = used();
        cycle(CYCLES);
        assertThat(used() - before).isLessThan(SLACK);
        assertThat(memos.stats().graveyard() + numbers.stats().graveyard()).isZero();
        assertThat(numbers.revision(db.readTxn())).isGreaterThan(CYCLES);
    }

    @Test
    void insertAndDelete_withChangeIterators_leaveTheHeapWhereItWas() {
        try (ChangeIterator<Memo> ofMemos = memos.changes();
                ChangeIterator<Numbered> ofNumbers = numbers.changes();
                ChangeIterator<Numbered> idle = numbers.changes()) {
            cycle(1000);
            long before = used();
            for (int done = 0; done < CYCLES; done += 10_000) {
                cycle(10_000);
                ofMemos.next(db.readTxn()).forEach(change -> {});
                ofNumbers.next(db.readTxn()).forEach(change -> {});
                scheduler.runAll();
            }
            assertThat(used() - before).isLessThan(SLACK);
            assertThat(memos.stats().graveyard()).isZero();
            // One that never looks is owed one delete a key, however often the key came and went.
            assertThat(numbers.stats().graveyard()).isLessThanOrEqualTo(ROWS);
            assertThat(idle.revision()).isZero();
        }
        scheduler.runAll();
        assertThat(numbers.stats().graveyard()).isZero();
    }

    @Test
    void watchesThatAreTakenAndDropped_leaveTheHeapWhereItWas() {
        cycle(1000);
        long before = used();
        List<Watch> last = new ArrayList<>();
        for (int i = 0; i < CYCLES / 10; i++) {
            last.clear();
            last.add(memos.watch(db.readTxn(), Memo.NAME.query("x" + i % ROWS)));
            last.add(memos.all(db.readTxn()).watch());
            last.add(numbers.watch(db.readTxn(), ID.query(5L)));
            if (i % 100 == 0) {
                cycle(10);
            }
        }
        assertThat(used() - before).isLessThan(SLACK);
        assertThat(last).hasSize(3);
    }

    @Test
    void promise_A19_aMillionWaitersThatTimedOut_leaveNothing() throws Exception {
        db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
        Watch watch = memos.watch(db.readTxn(), Memo.NAME.query("a"));
        Watch ofAWriter;
        try (WriteTxn txn = db.writeTxn(numbers)) {
            ofAWriter = memos.watch(txn, Memo.NAME.query("a"));
            txn.commit();
        }
        WatchSet<String> set = new WatchSet<>();
        set.add("a", watch);
        Duration soon = Duration.ofNanos(1);
        assertThat(watch.await(soon)).isFalse();
        set.awaitSettled(soon, Duration.ZERO);
        long before = used();
        for (int i = 0; i < 1_000_000; i++) {
            Watch one = i % 4 == 0 ? ofAWriter : watch;
            // One in a hundred really waits, for as short as the system can; the others are late already.
            if (one.await(i % 100 == 0 ? soon : Duration.ZERO)) {
                throw new AssertionError("closed");
            }
            one.onClose(() -> {}).close();
            set.awaitSettled(i % 100 == 0 ? soon : Duration.ZERO, Duration.ZERO);
        }
        assertThat(used() - before).isLessThan(SLACK);
        assertThat(((WatchToken) watch).listeners()).isOne(); // the set's own
        set.close();
        assertThat(((WatchToken) watch).listeners()).isZero();
    }

    @Test
    void promise_A19_manyWaitersAtOnce_thatTimeOut_leaveNothing() throws Exception {
        db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
        Watch watch = memos.watch(db.readTxn(), Memo.NAME.query("a"));
        waitInVain(watch); // for once, that the JDK's own timers and queues have grown
        long before = used();
        waitInVain(watch);
        assertThat(((WatchToken) watch).listeners()).isZero();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> used() - before < SLACK);
    }

    private static void waitInVain(Watch watch) throws InterruptedException {
        List<Thread> waiters = new ArrayList<>();
        for (int i = 0; i < Math.min(CYCLES / 10, 50_000); i++) {
            waiters.add(Thread.startVirtualThread(() -> {
                try {
                    watch.await(Duration.ofMillis(50));
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }));
        }
        for (Thread waiter : waiters) {
            waiter.join();
        }
    }

    @Test
    void promise_A24_manyForgottenIterators_giveTheGraveyardBack() {
        long before = used();
        for (int i = 0; i < 100; i++) {
            forget();
        }
        String ballast = "n".repeat(200_000);
        db.write(memos, txn -> {
            for (int i = 0; i < 21; i++) {
                memos.insert(txn, Memo.of(ballast + i));
            }
            return true;
        });
        db.write(memos, txn -> memos.deleteAll(txn));
        assertThat(memos.stats().graveyard()).isIn(0L, 21L);
        // The collector of garbage runs when it likes.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return memos.stats().changeIterators() == 0;
        });
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            scheduler.runAll();
            return memos.stats().graveyard() == 0;
        });
        assertThat(used() - before).isLessThan(SLACK);
    }

    @Test
    void promise_A24_aForgottenDatabase_isCollectedThoughOneOfItsIteratorsListensToIt() {
        WeakReference<Database> forgotten = forgottenDatabase();
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return forgotten.get() == null;
        });
    }

    private static WeakReference<Database> forgottenDatabase() {
        Database forgotten =
                StateDatabase.builder().scheduler(new ManualScheduler()).build();
        ChangeIterator<Memo> changes = forgotten.create(Memo.TABLE).changes();
        changes.next(forgotten.readTxn()).watch().onClose(() -> changes.next(forgotten.readTxn()));
        return new WeakReference<>(forgotten);
    }

    private void forget() {
        memos.changes().next(db.readTxn()).forEach(change -> {});
    }

    /** Inserts and deletes: in one transaction or in two, so that what is deleted was published or not. */
    private void cycle(int times) {
        for (int done = 0; done < times; done += ROWS) {
            int round = done / ROWS;
            db.write(numbers, txn -> {
                for (int i = 0; i < ROWS; i++) {
                    numbers.insert(txn, new Numbered(i * 31L, round));
                    if (round % 2 == 0) {
                        numbers.delete(txn, ID.query(i * 31L));
                    }
                }
                return true;
            });
            db.write(numbers, txn -> numbers.deleteAll(txn));
            if (round % 10 == 0) {
                db.write(memos, txn -> {
                    for (int i = 0; i < ROWS; i++) {
                        memos.insert(
                                txn, Memo.of("row " + i, "t" + i % 7, "all").withSize(i % 3));
                    }
                    return true;
                });
                db.write(memos, txn -> memos.deleteAll(txn));
            }
        }
    }

    private static long used() {
        Runtime runtime = Runtime.getRuntime();
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }
}
