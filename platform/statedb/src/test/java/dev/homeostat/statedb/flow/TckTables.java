package dev.homeostat.statedb.flow;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.flow.ChangePublisher;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.Memo;
import org.reactivestreams.tck.TestEnvironment;

/** The tables that the official tests are run on, with real threads: these tests know no other. */
final class TckTables {
    /** The greatest number of rows that a test gets. */
    static final long MOST_ROWS = 1_000;

    private TckTables() {}

    /** Waits up to five seconds for what must come, looking every 20 ms, and 50 ms for what must not. */
    static TestEnvironment environment() {
        return new TestEnvironment(5_000, 50, 20);
    }

    static ChangePublisher<Memo> withRows(long rows) {
        Database db = StateDatabase.builder().build();
        RWTable<Memo> memos = db.create(Memo.TABLE);
        db.write(memos, txn -> {
            for (long i = 0; i < rows; i++) {
                memos.insert(txn, Memo.of("memo " + i));
            }
            return rows;
        });
        return ChangePublisher.of(db, memos, Schedulers.system());
    }

    static ChangePublisher<Memo> removed() {
        Database db = StateDatabase.builder().build();
        RWTable<Memo> memos = db.create(Memo.TABLE);
        db.remove(memos);
        return ChangePublisher.of(db, memos, Schedulers.system());
    }
}
