package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.schedule.ClosableScheduler;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.api.schedule.Schedulers;
import dev.homeostat.statedb.testing.Memo;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promises A21 to A24: following a table. */
final class ChangesTest {
    private final Fixture f = new Fixture();

    @Test
    void promise_A21_beginsWithTheRowsThatExist_andNeedsNoLock() {
        f.insert("a", "b", "c");
        f.delete("b");
        try (WriteTxn txn = f.db.writeTxn(f.memos);
                ChangeIterator<Memo> changes = f.memos.changes()) {
            f.memos.insert(txn, Memo.of("uncommitted"));
            assertThat(take(changes)).containsExactly("+a@1", "+c@3");
            // A write transaction shows what it began with: it may still abort.
            assertThat(take(changes.next(txn))).isEmpty();
            txn.commit();
            assertThat(take(changes)).containsExactly("+uncommitted@5");
        }
    }

    @Test
    void promise_A21_ofATableThatAWriterHasNotLocked_upToItsSnapshot() {
        f.insert("a");
        try (WriteTxn txn = f.db.writeTxn(f.others);
                ChangeIterator<Memo> changes = f.memos.changes()) {
            f.insert("later");
            assertThat(take(changes.next(txn))).containsExactly("+a@1");
            assertThat(take(changes)).containsExactly("+later@2");
        }
    }

    @Test
    void promise_A21_registeredWhileAWriterRuns_seesItsDeletes() {
        f.insert("a", "b");
        WriteTxn txn = f.db.writeTxn(f.memos);
        f.memos.delete(txn, Memo.of("a"));
        ReadTxn meanwhile = f.db.readTxn();
        ChangeIterator<Memo> changes = f.memos.changes();
        assertThat(take(changes.next(meanwhile))).containsExactly("+a@1", "+b@2");
        f.memos.delete(txn, Memo.of("b"));
        f.memos.insert(txn, Memo.of("b"));
        txn.commit();
        assertThat(take(changes)).containsExactly("-a@3", "+b@5");
        changes.close();
    }

    @Test
    void promise_A21_deletesFromBefore_areNotForIt_andNotKeptForIt() {
        ChangeIterator<Memo> older = f.memos.changes();
        f.insert("a");
        f.delete("a");
        f.insert("b");
        ChangeIterator<Memo> younger = f.memos.changes();
        ChangeIterator<Memo> unread = f.memos.changes();
        assertThat(f.memos.stats().graveyard()).isOne();
        assertThat(take(younger)).containsExactly("+b@3");
        assertThat(take(older)).containsExactly("-a@2", "+b@3");
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isZero();
        assertThat(take(unread)).containsExactly("+b@3");
        List.of(older, younger, unread).forEach(ChangeIterator::close);
    }

    @Test
    void promise_A22_eachRowInItsNewestState() {
        ChangeIterator<Memo> changes = f.memos.changes();
        for (int i = 0; i < 5; i++) {
            f.insert("often");
        }
        f.insert("short");
        f.delete("short");
        assertThat(take(changes)).containsExactly("+often@5", "-short@7");
        f.insert("back");
        assertThat(take(changes)).containsExactly("+back@8");
        f.delete("back");
        f.insert("back");
        f.delete("often");
        f.insert("often");
        f.delete("often");
        assertThat(take(changes)).containsExactly("+back@10", "-often@13");
        changes.close();
    }

    @Test
    void promise_A23_next_takesOverAHalfConsumedSequence() {
        ChangeIterator<Memo> changes = f.memos.changes();
        f.insert("a", "b", "c");
        Changes<Memo> half = changes.next(f.db.readTxn());
        assertThat(half.iterator().next().row().value().name()).isEqualTo("a");
        assertThat(changes.revision()).isOne();
        f.insert("b");
        f.delete("c");
        Changes<Memo> rest = changes.next(f.db.readTxn());
        assertThat(half.iterator().hasNext()).isFalse();
        assertThat(take(rest)).containsExactly("+b@4", "-c@5");
        assertThat(changes.revision()).isEqualTo(5);
        assertThat(take(changes)).isEmpty();
        changes.close();
    }

    @Test
    void promise_A23_olderSnapshots_loseNothingAndRepeatNothing() {
        f.insert("a");
        ReadTxn first = f.db.readTxn();
        f.delete("a");
        f.insert("b");
        ReadTxn second = f.db.readTxn();
        ChangeIterator<Memo> changes = f.memos.changes();
        // Older than the iterator: a's delete is not kept for it, so a must not appear either.
        assertThat(take(changes.next(first))).isEmpty();
        assertThat(changes.next(first).watch().isClosed()).isTrue();
        assertThat(take(changes.next(second))).containsExactly("+b@3");
        assertThat(take(changes.next(first))).isEmpty();
        changes.close();
    }

    @Test
    void changes_watch_closesWhenThereIsMore() {
        f.insert("a");
        ChangeIterator<Memo> changes = f.memos.changes();
        ReadTxn old = f.db.readTxn();
        Changes<Memo> some = changes.next(old);
        take(some);
        assertThat(some.watch().isClosed()).isFalse();
        f.db.write(f.others, txn -> f.others.insert(txn, Memo.of("x")));
        assertThat(some.watch().isClosed()).isFalse();
        f.insert("b");
        assertThat(some.watch().isClosed()).isTrue();
        assertThat(changes.next(old).watch().isClosed()).isTrue();
        changes.close();
    }

    @Test
    void promise_A24_deletedRowsWaitForEveryIterator() {
        ChangeIterator<Memo> fast = f.memos.changes();
        ChangeIterator<Memo> slow = f.memos.changes();
        f.insert("a", "b");
        take(fast);
        take(slow);
        f.delete("a");
        assertThat(f.memos.stats().graveyard()).isOne();
        assertThat(take(fast)).containsExactly("-a@3");
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isOne();
        assertThat(f.memos.stats().lowWatermark()).isEqualTo(2);
        assertThat(f.memos.stats().changeIterators()).isEqualTo(2);
        assertThat(take(slow)).containsExactly("-a@3");
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isZero();
        fast.close();
        slow.close();
    }

    @Test
    void promise_A24_aCommitCollectsOnlyWhatAllHaveSeen() {
        ChangeIterator<Memo> changes = f.memos.changes();
        f.insert("a", "b");
        take(changes);
        f.delete("a");
        f.insert("c");
        f.delete("b");
        assertThat(f.memos.stats().graveyard()).isEqualTo(2);
        assertThat(changes.next(f.db.readTxn()).iterator().next().revision()).isEqualTo(3);
        f.insert("c");
        assertThat(f.memos.stats().graveyard()).isOne();
        assertThat(take(changes)).containsExactly("-b@5", "+c@6");
        changes.close();
    }

    @Test
    void promise_A24_closingReleases_andACommitCollectsToo() {
        ChangeIterator<Memo> changes = f.memos.changes();
        f.insert("a", "b");
        f.delete("a");
        f.delete("b");
        assertThat(f.memos.stats().graveyard()).isEqualTo(2);
        changes.close();
        changes.close();
        f.insert("c");
        assertThat(f.memos.stats().graveyard()).isZero();
        f.delete("c");
        assertThat(f.memos.stats().graveyard()).isZero();
        assertThatThrownBy(() -> changes.next(f.db.readTxn())).hasMessageContaining("closed");
    }

    @Test
    void promise_A24_closing_collectsWithoutAnotherCommit() {
        ChangeIterator<Memo> changes = f.memos.changes();
        f.insert("a");
        f.delete("a");
        changes.close();
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isZero();
    }

    @Test
    void promise_A24_aCollectionThatMetAnOpenTransaction_comesAfterItsAbort() {
        comesAfter(WriteTxn::abort);
    }

    @Test
    void promise_A24_aCollectionThatMetAnOpenTransaction_comesAfterItsCommitOfNothing() {
        comesAfter(WriteTxn::commit);
    }

    private void comesAfter(Consumer<WriteTxn> end) {
        ChangeIterator<Memo> changes = f.memos.changes();
        f.insert("a");
        f.delete("a");
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            changes.close();
            f.scheduler.runWaiting(); // on this thread, which writes to the table: refused
            assertThat(f.memos.stats().graveyard()).isOne();
            end.accept(txn);
        }
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isZero();
    }

    @Test
    void promise_A24_collecting_wakesNobody() {
        ChangeIterator<Memo> changes = f.memos.changes();
        f.insert("a", "b");
        f.delete("a");
        var watch = f.memos.all(f.db.readTxn()).watch();
        var row = f.memos.watch(f.db.readTxn(), Memo.NAME.query("b"));
        changes.close();
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isZero();
        assertThat(watch.isClosed() || row.isClosed()).isFalse();
        assertThat(f.memos.revision(f.db.readTxn())).isEqualTo(3);
    }

    @Test
    void promise_A24_forgottenIterator_isReleased() {
        openAndForget();
        f.insert("a");
        f.delete("a");
        // The collector of garbage runs when it likes.
        Awaitility.await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> {
            System.gc();
            assertThat(f.memos.stats().changeIterators()).isZero();
        });
        f.scheduler.runAll();
        assertThat(f.memos.stats().graveyard()).isZero();
    }

    @Test
    void promise_A18_anIdleFollower_pinsNoOldRow() {
        f.insert("a", "b");
        WeakReference<?> old = weak("a");
        ChangeIterator<Memo> changes = f.memos.changes();
        Changes<Memo> consumed = changes.next(f.db.readTxn());
        assertThat(take(consumed)).hasSize(2);
        f.insert("a");
        awaitForgotten(old);
        assertThat(consumed.watch().isClosed()).isTrue();
        assertThat(take(changes)).containsExactly("+a@3");
    }

    @Test
    void promise_A18_aSupersededSequence_pinsNoOldRow() {
        f.insert("a", "b", "c");
        WeakReference<?> old = weak("b");
        ChangeIterator<Memo> changes = f.memos.changes();
        Changes<Memo> half = changes.next(f.db.readTxn());
        half.iterator().next();
        f.insert("b");
        Changes<Memo> rest = changes.next(f.db.readTxn());
        awaitForgotten(old);
        assertThat(take(half)).isEmpty();
        assertThat(half.watch().isClosed()).isTrue();
        assertThat(take(rest)).containsExactly("+c@3", "+b@4");
    }

    @Test
    void promise_A18_aClosedFollower_pinsNoOldRow() {
        f.insert("a", "b");
        WeakReference<?> old = weak("b");
        ChangeIterator<Memo> changes = f.memos.changes();
        Changes<Memo> half = changes.next(f.db.readTxn());
        half.iterator().next();
        changes.close();
        f.insert("b");
        awaitForgotten(old);
        assertThat(take(half)).isEmpty();
        assertThat(half.watch().isClosed()).isTrue();
    }

    @Test
    void invariant_4_aSequenceKeepsItsIteratorAlive() {
        f.insert("a", "b");
        Iterator<Change<Memo>> only = f.memos.changes().next(f.db.readTxn()).iterator();
        for (int i = 0; i < 3; i++) {
            System.gc();
        }
        assertThat(f.memos.stats().changeIterators()).isOne();
        assertThat(only.next().revision()).isOne();
    }

    @Test
    void promise_A24_aSchedulerThatRefuses_breaksNoCommit() {
        Scheduler closed = closedScheduler();
        Database db = StateDatabase.builder().scheduler(closed).build();
        RWTable<Memo> memos = db.create(Memo.TABLE);
        try (ChangeIterator<Memo> changes = memos.changes()) {
            db.write(memos, txn -> memos.insert(txn, Memo.of("a")));
            db.write(memos, txn -> memos.delete(txn, Memo.of("a")));
            assertThat(take(changes.next(db.readTxn()))).containsExactly("-a@2");
        }
        db.write(memos, txn -> memos.insert(txn, Memo.of("b")));
        assertThat(memos.stats().graveyard()).isZero();
    }

    private WeakReference<@Nullable Row<Memo>> weak(String name) {
        return new WeakReference<>(f.memos.get(f.db.readTxn(), Memo.NAME.query(name)));
    }

    private static void awaitForgotten(WeakReference<?> reference) {
        // The collector of garbage runs when it likes.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    private static Scheduler closedScheduler() {
        ClosableScheduler scheduler = Schedulers.named("closed");
        scheduler.close();
        return scheduler;
    }

    private void openAndForget() {
        assertThat(take(f.memos.changes())).isEmpty();
    }

    private List<String> take(ChangeIterator<Memo> changes) {
        return take(changes.next(f.db.readTxn()));
    }

    private static List<String> take(Changes<Memo> changes) {
        List<String> taken = new ArrayList<>();
        for (Change<Memo> change : changes) {
            String sign = change instanceof Change.Delete ? "-" : "+";
            taken.add(sign + change.row().value().name() + "@" + change.revision());
        }
        return taken;
    }
}
