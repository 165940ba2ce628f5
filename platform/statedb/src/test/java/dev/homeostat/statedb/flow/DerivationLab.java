package dev.homeostat.statedb.flow;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.flow.Derivation;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import dev.homeostat.statedb.watch.WatchToken;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.slf4j.LoggerFactory;

/** A table of memos, the table of parts that is derived from it, a scheduler that the test runs, and the log. */
abstract class DerivationLab {
    final VirtualScheduler scheduler = VirtualScheduler.inOrder();
    final ManualScheduler collector = new ManualScheduler();
    final Database db = StateDatabase.builder().scheduler(collector).build();
    final RWTable<Memo> memos = db.create(Memo.TABLE, "source");
    final RWTable<Part> parts = db.create(Part.TABLE, Derivation.initializerFrom(memos));
    private final Logger logger = (Logger) LoggerFactory.getLogger(Derivation.class);
    final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
        log.start();
    }

    @AfterEach
    void leave() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    Derivation<Memo, Part> derive() {
        Derivation<Memo, Part> derivation = Derivation.start(db, scheduler, memos, parts, Part::of);
        scheduler.runUntilIdle();
        return derivation;
    }

    void put(String name, String... tags) {
        db.write(memos, txn -> memos.insert(txn, Memo.of(name, tags)));
    }

    void delete(String name) {
        db.write(memos, txn -> memos.delete(txn, Memo.of(name)));
    }

    void initialize() {
        db.write(memos, txn -> {
            memos.initializer("source").complete(txn);
            return true;
        });
    }

    boolean pending() {
        return !parts.initialized(db.readTxn());
    }

    long revision() {
        return parts.revision(db.readTxn());
    }

    List<String> tags() {
        return parts.all(db.readTxn()).values().map(Part::tag).toList();
    }

    Row<Part> row(String name) {
        Row<Part> row = parts.get(db.readTxn(), Part.NAME.query(name));
        if (row == null) {
            throw new AssertionError("no part " + name);
        }
        return row;
    }

    List<String> warnings() {
        return log.list.stream()
                .filter(event -> event.getLevel() == Level.WARN)
                .map(ILoggingEvent::getFormattedMessage)
                .toList();
    }

    static Key key(String name) {
        return Keys.STRING.encode(name);
    }

    static int listeners(Watch watch) {
        return ((WatchToken) watch).listeners();
    }
}
