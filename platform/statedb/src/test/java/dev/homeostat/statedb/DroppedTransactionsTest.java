package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Promise A13: transactions that everybody forgot. */
final class DroppedTransactionsTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final VirtualScheduler time = VirtualScheduler.inOrder();
    private final List<List<String>> dropped = new CopyOnWriteArrayList<>();
    private final DatabaseMetrics metrics = new DatabaseMetrics() {
        @Override
        public void transactionDropped(List<String> tables) {
            dropped.add(tables);
        }
    };
    private final Database db =
            StateDatabase.builder().scheduler(time).metrics(metrics).build();
    private final RWTable<Memo> memos = db.create(Memo.TABLE);
    private final RWTable<Memo> others = db.create(TableSpec.of("others", Memo.class, Memo.NAME));
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger().setLevel(Level.WARN);
        logger().setAdditive(false);
        logger().addAppender(log);
    }

    @AfterEach
    void leave() {
        logger().setAdditive(true);
        logger().setLevel(null);
        logger().detachAppender(log);
    }

    @Test
    void promise_A13_whoeverOpensTheNextTransactionFindsADroppedOne() throws Exception {
        drop(db, "import", List.of(memos, others));

        Awaitility.await().atMost(LONG).ignoreExceptions().until(() -> {
            System.gc();
            db.write(memos, txn -> memos.insert(txn, Memo.of("b")));
            return true;
        });

        assertThat(memos.count(db.readTxn())).isOne(); // what the dropped one wrote is gone
        assertThat(dropped).containsExactly(List.of("memos", "others"));
        assertThat(errors()).singleElement().satisfies(event -> {
            assertThat(event.getFormattedMessage())
                    .contains("A write transaction \"import\" on \"memos\", \"others\"")
                    .contains("thread \"forgetful\"")
                    .contains("debug(true)");
            assertThat(event.getThrowableProxy()).isNull();
        });
    }

    @Test
    void promise_A13_aCheckFindsADroppedTransactionForThoseWhoWait() throws Exception {
        drop(db, "import", List.of(memos, others));
        Thread waiter =
                Thread.ofPlatform().daemon().start(() -> db.write(others, txn -> others.insert(txn, Memo.of("b"))));

        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            time.advance(Duration.ofSeconds(1));
            return !waiter.isAlive();
        });

        assertThat(others.count(db.readTxn())).isOne();
        assertThat(dropped).containsExactly(List.of("memos", "others"));
    }

    @Test
    void promise_A13_watchesOfADroppedTransactionClose() throws Exception {
        Watch watch = CompletableFuture.supplyAsync(this::insertWatchAndForget).get();
        assertThat(watch.isClosed()).isFalse();

        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            time.advance(Duration.ofSeconds(1));
            return watch.isClosed();
        });

        assertThat(dropped).containsExactly(List.of("memos"));
    }

    @SuppressWarnings("resource") // that is the point
    private Watch insertWatchAndForget() {
        return memos.insertWatch(db.writeTxn(memos), Memo.of("a")).watch();
    }

    @Test
    void promise_A13_theCheckKeepsNoDatabaseAlive() {
        WeakReference<Database> forgotten = new WeakReference<>(writtenTo());

        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            return forgotten.refersTo(null);
        });

        time.advance(Duration.ofSeconds(2)); // its check is still to come
    }

    private Database writtenTo() {
        Database database = StateDatabase.builder().scheduler(time).build();
        RWTable<Memo> table = database.create(Memo.TABLE);
        database.write(table, txn -> table.insert(txn, Memo.of("a")));
        return database;
    }

    @Test
    void promise_A14_aSchedulerWithoutThreadsLeavesNoLockBehind() {
        Database poor = StateDatabase.builder().scheduler(new Exhausted()).build();
        RWTable<Memo> table = poor.create(Memo.TABLE);
        ChangeIterator<Memo> changes = table.changes();

        for (int i = 0; i < 2; i++) {
            poor.write(table, txn -> table.insert(txn, Memo.of("a")));
            poor.write(table, txn -> table.delete(txn, Memo.of("a")));
        }
        changes.close();

        assertThat(table.revision(poor.readTxn())).isEqualTo(4);
        poor.writeTxn(table).abort();
    }

    private static final class Exhausted implements Scheduler {
        @Override
        public Instant instant() {
            return Instant.EPOCH;
        }

        @Override
        public long nanoTime() {
            return 0;
        }

        @Override
        public void execute(Runnable task) {
            throw new OutOfMemoryError("unable to create native thread (planted)");
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            throw new OutOfMemoryError("unable to create native thread (planted)");
        }
    }

    @Test
    void promise_A13_inDebugModeTheMessageSaysWhereTheTransactionWasOpened() throws Exception {
        Database debugged = StateDatabase.builder().scheduler(time).debug(true).build();
        RWTable<Memo> table = debugged.create(Memo.TABLE);
        drop(debugged, null, List.of(table));

        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            time.advance(Duration.ofSeconds(1));
            return !errors().isEmpty();
        });

        assertThat(errors().getFirst().getThrowableProxy().getStackTraceElementProxyArray())
                .anyMatch(frame -> frame.getStackTraceElement().getMethodName().contains("openAndForget"));
    }

    @Test
    void promise_A13_aTransactionThatIsStillHeldIsNotTakenForADroppedOne() {
        try (WriteTxn txn = db.writeTxn("slow", memos)) {
            for (int i = 0; i < 20; i++) {
                System.gc();
                time.advance(Duration.ofSeconds(1));
            }
            memos.insert(txn, Memo.of("a"));
            txn.commit();
        }

        assertThat(memos.count(db.readTxn())).isOne();
        assertThat(dropped).isEmpty();
    }

    @Test
    void promise_A13_aTransactionThatKeepsOthersWaitingIsNamedOnce() throws Exception {
        Thread waiter;
        try (WriteTxn slow = db.writeTxn("slow", memos)) {
            waiter = Thread.ofPlatform().daemon().start(() -> db.writeTxn(memos).abort());
            Awaitility.await().atMost(LONG).until(() -> waiter.getState() == Thread.State.WAITING);
            time.advance(Duration.ofSeconds(9));
            assertThat(log.list).isEmpty();
            time.advance(Duration.ofSeconds(60));
            assertThat(slow.database()).isSameAs(db);
        }
        assertThat(waiter.join(LONG)).isTrue();

        assertThat(log.list).singleElement().satisfies(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.WARN);
            assertThat(event.getFormattedMessage())
                    .contains("write transaction \"slow\" on \"memos\"")
                    .contains("has kept others waiting for 10 s");
        });
    }

    @Test
    void promise_A13_noCheckComesBackWhileNobodyWrites() {
        ManualScheduler manual = new ManualScheduler();
        Database idle = StateDatabase.builder().scheduler(manual).build();
        RWTable<Memo> table = idle.create(Memo.TABLE);
        idle.write(table, txn -> table.insert(txn, Memo.of("a")));
        assertThat(manual.isIdle()).isFalse();

        manual.runOne();

        assertThat(manual.isIdle()).isTrue();
    }

    @Test
    void promise_A14_aSecondTransactionOfTheSameThreadIsToldOfTheFirst() {
        try (WriteTxn first = db.writeTxn("first", memos)) {
            assertThatThrownBy(() -> db.writeTxn(others, memos))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("table \"memos\"")
                    .hasMessageContaining("write transaction \"first\" on \"memos\"");
            assertThat(first.database()).isSameAs(db);
        }
    }

    private static void drop(Database database, @Nullable String label, List<RWTable<Memo>> tables)
            throws InterruptedException {
        assertThat(Thread.ofPlatform()
                        .name("forgetful")
                        .start(() -> openAndForget(database, label, tables))
                        .join(LONG))
                .isTrue();
    }

    @SuppressWarnings("resource") // that is the point
    private static void openAndForget(Database database, @Nullable String label, List<RWTable<Memo>> tables) {
        RWTable<?>[] locked = tables.toArray(RWTable<?>[]::new);
        WriteTxn txn = label == null ? database.writeTxn(locked) : database.writeTxn(label, locked);
        tables.getFirst().insert(txn, Memo.of("a"));
    }

    private List<ILoggingEvent> errors() {
        return log.list.stream()
                .filter(event -> event.getLevel().equals(Level.ERROR))
                .toList();
    }

    private static Logger logger() {
        return (Logger) LoggerFactory.getLogger("dev.homeostat.statedb.engine.DroppedTransactions");
    }
}
