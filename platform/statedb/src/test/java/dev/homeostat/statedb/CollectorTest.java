package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.statedb.testing.Memo;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;

/** Promise A24: when the graveyard's collector is asked, and how often. */
final class CollectorTest {
    private final Collections scheduler = new Collections();
    private final Database db = StateDatabase.builder().scheduler(scheduler).build();
    private final RWTable<Memo> memos = db.create(Memo.TABLE);

    @Test
    void promise_A24_manyReasonsToCollect_areOneTask_andTheNextReasonIsAnother() {
        for (int round = 1; round <= 3; round++) {
            List<ChangeIterator<Memo>> iterators = List.of(memos.changes(), memos.changes(), memos.changes());
            insertAndDelete("a");
            iterators.forEach(changes -> changes.next(db.readTxn()).forEach(change -> {}));
            iterators.forEach(ChangeIterator::close);
            assertThat(scheduler.waiting).as("round %s", round).hasSize(1);
            assertThat(memos.stats().graveyard()).isOne();
            scheduler.run();
            assertThat(memos.stats().graveyard()).isZero();
            assertThat(scheduler.waiting).isEmpty();
        }
    }

    @Test
    void promise_A24_nothingToCollect_isNoTask() {
        ChangeIterator<Memo> seen = memos.changes();
        ChangeIterator<Memo> behind = memos.changes();
        insertAndDelete("a");
        seen.next(db.readTxn()).forEach(change -> {});
        assertThat(scheduler.waiting).isEmpty(); // the other one still needs it
        behind.next(db.readTxn()).forEach(change -> {});
        assertThat(scheduler.waiting).hasSize(1);
        // A commit comes first, and collects by the way: the task finds nothing, and commits nothing.
        db.write(memos, txn -> memos.insert(txn, Memo.of("b")));
        assertThat(memos.stats().graveyard()).isZero();
        var before = db.readTxn();
        scheduler.run();
        assertThat(db.readTxn()).isSameAs(before);
        seen.close();
        behind.close();
    }

    @Test
    void promise_A24_aTaskThatWasRefused_isAskedForAgain() {
        ChangeIterator<Memo> changes = memos.changes();
        insertAndDelete("a");
        scheduler.refusing = true;
        changes.next(db.readTxn()).forEach(change -> {});
        assertThat(scheduler.waiting).isEmpty();
        scheduler.refusing = false;
        changes.close();
        assertThat(scheduler.waiting).hasSize(1);
        scheduler.run();
        assertThat(memos.stats().graveyard()).isZero();
    }

    @Test
    void promise_A24_aTableThatIsRemovedMeanwhile_isLeftAlone() {
        ChangeIterator<Memo> changes = memos.changes();
        insertAndDelete("a");
        changes.close();
        assertThat(scheduler.waiting).hasSize(1);
        db.remove(memos);
        scheduler.run();
        assertThat(db.tables()).isEmpty();
    }

    private void insertAndDelete(String name) {
        db.write(memos, txn -> memos.insert(txn, Memo.of(name)));
        db.write(memos, txn -> memos.delete(txn, Memo.of(name)));
    }

    /** Keeps the tasks of the collector, which come after a tenth of a second, and forgets all others. */
    private static final class Collections implements Scheduler {
        private final List<Runnable> waiting = new ArrayList<>();
        private boolean refusing;

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
            throw new AssertionError("not asked for");
        }

        @Override
        public Timer schedule(Duration delay, Runnable task) {
            if (delay.equals(Duration.ofMillis(100))) {
                if (refusing) {
                    throw new RejectedExecutionException("planted");
                }
                waiting.add(task);
            }
            return () -> waiting.remove(task);
        }

        void run() {
            List<Runnable> now = List.copyOf(waiting);
            waiting.clear();
            now.forEach(Runnable::run);
        }
    }
}
