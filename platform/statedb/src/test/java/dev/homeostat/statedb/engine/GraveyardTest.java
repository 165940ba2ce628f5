package dev.homeostat.statedb.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.statedb.DatabaseMetrics;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import org.junit.jupiter.api.Test;

/** What threads meet too seldom to be tested by running them: here the steps of a commit are taken one by one. */
final class GraveyardTest {
    private final MemoryDatabase db = new MemoryDatabase(new ManualScheduler(), DatabaseMetrics.NONE, false);
    private final StoredTable<Memo> memos = (StoredTable<Memo>) db.create(Memo.TABLE);

    @Test
    void promise_A21_registeredBetweenTheStepsOfACommit_seesItsDeletes() {
        db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
        try (WriteTransaction txn = db.writeTxn(memos)) {
            memos.delete(txn, Memo.of("a"));
            TableWriter<Memo> writer = txn.writer(memos);
            writer.tend();
            try (ChangeIterator<Memo> changes = memos.changes()) {
                var before = changes.next(db.readTxn()).iterator();
                assertThat(before.next().revision()).isOne();
                db.publish(new TableWriter<?>[] {writer});
                var after = changes.next(db.readTxn()).iterator();
                assertThat(after.next().revision()).isEqualTo(2);
                assertThat(after.hasNext()).isFalse();
            }
        }
    }
}
