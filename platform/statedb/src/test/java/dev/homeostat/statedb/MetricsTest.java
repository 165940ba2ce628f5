package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promise A31: what the database reports. */
final class MetricsTest {
    private final List<String> reports = new ArrayList<>();

    @Test
    void promise_A31_reportsWhatHappensToEachTable() {
        Database db = StateDatabase.builder()
                .scheduler(new ManualScheduler())
                .metrics(new Recorder())
                .build();
        RWTable<Memo> memos = db.create(Memo.TABLE);
        try (ChangeIterator<Memo> changes = memos.changes()) {
            db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
            changes.next(db.readTxn()).forEach(change -> {});
            db.write(memos, txn -> memos.delete(txn, Memo.of("a")));
        }
        try (WriteTxn txn = db.writeTxn(memos)) {
            memos.insert(txn, Memo.of("b"));
        }
        db.remove(memos);
        assertThat(reports)
                .containsExactly(
                        "locked memos",
                        "memos " + new TableStats(1, 1, 0, 0, 1),
                        "[memos] committed",
                        "locked memos",
                        "memos " + new TableStats(0, 2, 1, 1, 1),
                        "[memos] committed",
                        "locked memos",
                        "[memos] aborted",
                        "locked memos",
                        "removed memos");
    }

    private final class Recorder implements DatabaseMetrics {
        @Override
        public void lockWaited(String table, Duration waited) {
            assertThat(waited).isGreaterThanOrEqualTo(Duration.ZERO);
            reports.add("locked " + table);
        }

        @Override
        public void transactionEnded(List<String> tables, Duration duration, boolean committed) {
            assertThat(duration).isGreaterThanOrEqualTo(Duration.ZERO);
            reports.add(tables + (committed ? " committed" : " aborted"));
        }

        @Override
        public void tableChanged(String table, TableStats stats) {
            reports.add(table + " " + stats);
        }

        @Override
        public void tableRemoved(String table) {
            reports.add("removed " + table);
        }
    }
}
