package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** Listeners of watches and of metrics may throw: the commit stands, everybody else is told, the locks are free, and the log says whose fault it is. */
final class ListenersOfOthersTest {
    private final Logger logger = (Logger) LoggerFactory.getLogger("dev.homeostat.statedb");
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();
    private final Fixture f = new Fixture();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.WARN);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    @Test
    void promise_A19_aListenerThatThrows_isNamedInTheLog_andStopsNothing() {
        f.insert("a", "b");
        List<String> told = new ArrayList<>();
        for (String name : List.of("a", "b")) {
            Watch watch = f.memos.watch(f.db.readTxn(), Memo.NAME.query(name));
            watch.onClose(() -> told.add(name + " first"));
            watch.onClose(new FaultyListener());
            watch.onClose(() -> told.add(name + " last"));
        }
        try (ChangeIterator<Memo> changes = f.memos.changes()) {
            f.db.write(f.memos, txn -> f.memos.deleteAll(txn));
            assertThat(changes.next(f.db.readTxn())).hasSize(2);
        }
        assertThat(told).containsExactlyInAnyOrder("a first", "a last", "b first", "b last");
        assertThat(f.names()).isEmpty();
        f.insert("the lock is free");
        assertThat(log.list).hasSize(2).allSatisfy(event -> {
            assertThat(event.getLevel()).isEqualTo(Level.ERROR);
            assertThat(event.getFormattedMessage()).contains(FaultyListener.class.getName());
            assertThat(event.getThrowableProxy().getMessage()).isEqualTo("the listener's own fault");
        });
    }

    @Test
    void promise_A18_aListenerThatThrowsAtAnAbort_isNamedInTheLog_andTheAbortStands() {
        f.insert("a");
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.watch(txn, Memo.NAME.query("a")).onClose(new FaultyListener());
            f.memos.insert(txn, Memo.of("b"));
        }
        assertThat(log.list).hasSize(1);
        assertThat(log.list.getFirst().getFormattedMessage()).contains(FaultyListener.class.getName());
        f.insert("c");
        assertThat(f.names()).containsExactly("a", "c");
    }

    @Test
    void promise_A31_aHookOfTheMetricsThatThrows_isNamedInTheLog_andStopsNothing() {
        Database db = StateDatabase.builder()
                .scheduler(new ManualScheduler())
                .metrics(new FaultyMetrics())
                .build();
        RWTable<Memo> memos = db.create(Memo.TABLE);
        Watch watch = memos.all(db.readTxn()).watch();
        db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
        assertThat(watch.isClosed()).isTrue();
        try (WriteTxn aborted = db.writeTxn(memos)) {
            memos.insert(aborted, Memo.of("b"));
        }
        assertThat(memos.count(db.readTxn())).isOne();
        db.write(memos, txn -> memos.insert(txn, Memo.of("c")));
        db.remove(memos);
        assertThat(log.list).hasSize(4).allSatisfy(event -> {
            assertThat(event.getFormattedMessage()).contains(FaultyMetrics.class.getName());
            assertThat(event.getThrowableProxy()).isNotNull();
        });
    }

    private static final class FaultyListener implements Runnable {
        @Override
        public void run() {
            throw new AssertionError("the listener's own fault");
        }
    }

    private static final class FaultyMetrics implements DatabaseMetrics {
        @Override
        public void lockWaited(String table, Duration waited) {
            throw new IllegalStateException("lockWaited");
        }

        @Override
        public void transactionEnded(List<String> tables, Duration duration, boolean committed) {
            throw new AssertionError("transactionEnded");
        }

        @Override
        public void tableChanged(String table, TableStats stats) {
            throw new StackOverflowError("tableChanged");
        }

        @Override
        public void tableRemoved(String table) {
            throw new IllegalStateException("tableRemoved");
        }
    }
}
