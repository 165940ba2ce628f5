package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Inserted;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import dev.homeostat.statedb.watch.EitherWatch;
import dev.homeostat.statedb.watch.WatchToken;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** Promises A18 and A19: watches. */
final class WatchesTest {
    private static final Duration LONG = Duration.ofSeconds(30);

    private final Fixture f = new Fixture();

    @Test
    void promise_A18_get_closesForItsKey_alsoWhenItDidNotExist() {
        f.insert(IntStream.range(0, 200).mapToObj(i -> "m" + i).toArray(String[]::new));
        ReadTxn txn = f.db.readTxn();
        Watch present = f.memos.watch(txn, Memo.NAME.query("m7"));
        Watch absent = f.memos.watch(txn, Memo.NAME.query("x"));
        Watch far = f.memos.watch(txn, Memo.NAME.query("m150"));
        f.insert("m7");
        assertThat(present.isClosed()).isTrue();
        assertThat(far.isClosed()).isFalse();
        f.insert("x");
        assertThat(absent.isClosed()).isTrue();
        assertThat(far.isClosed()).isFalse();
        f.delete("m150");
        assertThat(far.isClosed()).isTrue();
    }

    @Test
    void promise_A18_prefix_closesForAllBelow_alsoInsideACompressedEdge() {
        f.insert("abcdef1", "abcdef2");
        ReadTxn txn = f.db.readTxn();
        for (String prefix : List.of("", "a", "abc")) {
            for (String key : List.of("abcdef", "abcx", "abcdef3", "abc")) {
                Watch watch = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix(prefix));
                f.insert(key);
                assertThat(watch.isClosed()).as(prefix + " and " + key).isTrue();
                f.delete(key);
            }
        }
        assertThat(f.memos.list(txn, Memo.NAME.prefix("abc")).watch().isClosed())
                .isTrue();
    }

    @Test
    void promise_A18_secondaryIndexes() {
        f.insert(Memo.of("a", "x").withAlias("one"));
        ReadTxn txn = f.db.readTxn();
        Watch tag = f.memos.list(txn, Memo.TAG.query("x")).watch();
        Watch otherTag = f.memos.list(txn, Memo.TAG.query("y")).watch();
        Watch alias = f.memos.watch(txn, Memo.ALIAS.query("one"));
        Watch size = f.memos.watch(txn, Memo.SIZE.query(5L));
        f.insert(Memo.of("b", "x"));
        assertThat(tag.isClosed()).isTrue();
        assertThat(alias.isClosed()).isFalse();
        f.insert(Memo.of("c", "y").withSize(5));
        assertThat(otherTag.isClosed()).isTrue();
        assertThat(size.isClosed()).isTrue();
        f.insert(Memo.of("a", "x"));
        assertThat(alias.isClosed()).isTrue();
    }

    @Test
    void promise_A18_keysThatManyRowsShare() {
        f.insert(Memo.of("a", "x"));
        f.insert(Memo.of("b", "x"));
        f.insert(Memo.of("z", "other").withSize(9));
        List<Runnable> writes = List.of(
                () -> f.insert(Memo.of("c", "x")),
                () -> f.insert(Memo.of("b", "x")),
                () -> f.delete("c"),
                () -> f.insert(Memo.of("b").withSize(1)),
                () -> f.delete("a"));
        for (Runnable write : writes) {
            ReadTxn txn = f.db.readTxn();
            Watch tag = f.memos.watch(txn, Memo.TAG.query("x"));
            Watch size = f.memos.watch(txn, Memo.SIZE.query(0L));
            Watch otherTag = f.memos.watch(txn, Memo.TAG.query("other"));
            Watch otherSize = f.memos.watch(txn, Memo.SIZE.query(9L));
            write.run();
            assertThat(tag.isClosed()).isTrue();
            assertThat(size.isClosed()).isTrue();
            assertThat(otherTag.isClosed() || otherSize.isClosed()).isFalse();
        }
    }

    @Test
    void promise_A18_wholeTable_forAllRangesAndRevisions() {
        f.insert("a", "z");
        ReadTxn txn = f.db.readTxn();
        List<Watch> watches = List.of(
                f.memos.all(txn).watch(),
                f.memos.list(txn, Memo.NAME.lowerBound("m")).watch(),
                f.memos.list(txn, Memo.NAME.range("m", "n")).watch(),
                f.memos.byRevision(txn, 0).watch());
        Watch other = f.others.all(txn).watch();
        assertThat(watches).noneMatch(Watch::isClosed);
        f.delete("z");
        assertThat(watches).allMatch(Watch::isClosed);
        assertThat(other.isClosed()).isFalse();
    }

    @Test
    void promise_A18_closesAfterTheNewStateIsVisible() {
        f.insert("a");
        List<Long> seen = new ArrayList<>();
        f.memos.all(f.db.readTxn()).watch().onClose(() -> seen.add(f.memos.revision(f.db.readTxn())));
        f.insert("b");
        assertThat(seen).containsExactly(2L);
    }

    @Test
    void promise_A18_askedForLate_comesClosed() {
        f.insert("a", "b");
        ReadTxn old = f.db.readTxn();
        Rows<Memo> rows = f.memos.list(old, Memo.NAME.query("a"));
        f.insert("a");
        assertThat(rows.watch().isClosed()).isTrue();
        assertThat(f.memos.all(old).watch().isClosed()).isTrue();
        assertThat(f.memos.watch(old, Memo.NAME.query("b")).isClosed()).isFalse();
    }

    @Test
    void promise_A18_fromAWriteTransaction_closesAtAbort_andOnlyThat() {
        f.insert("a", "b");
        Watch reader = f.memos.watch(f.db.readTxn(), Memo.NAME.query("a"));
        WriteTxn txn = f.db.writeTxn(f.memos);
        Watch early = f.memos.watch(txn, Memo.NAME.query("a"));
        f.memos.insert(txn, Memo.of("c"));
        Rows<Memo> lateRows = f.memos.all(txn);
        AtomicBoolean called = new AtomicBoolean();
        early.onClose(() -> called.set(true));
        txn.abort();
        assertThat(early.isClosed()).isTrue();
        assertThat(called).isTrue();
        assertThat(lateRows.watch().isClosed()).isTrue();
        assertThat(reader.isClosed()).isFalse();
    }

    @Test
    void promise_A18_fromAWriteTransaction_livesOnAfterTheCommit() {
        Watch own;
        Watch overtaken;
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.insert(txn, Memo.of("a"));
            overtaken = f.memos.watch(txn, Memo.NAME.query("a"));
            f.memos.insert(txn, Memo.of("a").withSize(1));
            own = f.memos.watch(txn, Memo.NAME.query("a"));
            assertThat(overtaken.isClosed()).isFalse();
            txn.commit();
        }
        assertThat(overtaken.isClosed()).isTrue();
        assertThat(own.isClosed()).isFalse();
        f.insert("a");
        assertThat(own.isClosed()).isTrue();
    }

    @Test
    void promise_A18_fromAWriteTransaction_askedForAfterTheAbort_comesClosed() {
        f.insert("a");
        WriteTxn txn = f.db.writeTxn(f.memos);
        Rows<Memo> all = f.memos.all(txn);
        Rows<Memo> some = f.memos.list(txn, Memo.NAME.prefix("a"));
        txn.abort();
        assertThat(all.watch().isClosed()).isTrue();
        assertThat(some.watch().isClosed()).isTrue();
        assertThat(f.memos.all(f.db.readTxn()).watch().isClosed()).isFalse();
    }

    @Test
    void promise_A19_fromAWriteTransaction_wakesOnce_andLeavesNothingBehind() throws Exception {
        WatchToken answer = new WatchToken();
        WatchToken abort = new WatchToken();
        Watch watch = new EitherWatch(answer, abort);
        List<String> calls = new ArrayList<>();
        Watch.Registration withdrawn = watch.onClose(() -> calls.add("withdrawn"));
        assertThat(watch.await(Duration.ofMillis(2))).isFalse();
        assertThat(answer.listeners()).isOne();
        assertThat(abort.listeners()).isOne();
        withdrawn.close();
        assertThat(answer.listeners() + abort.listeners()).isZero();
        watch.onClose(() -> calls.add("kept"));
        CompletableFuture<Void> stage = watch.closed().toCompletableFuture();
        answer.close();
        assertThat(watch.isClosed()).isTrue();
        assertThat(stage).isCompleted();
        abort.close();
        assertThat(calls).containsExactly("kept");
    }

    @Test
    void promise_A19_fromAWriteTransaction_wakesWhenTheAnswerChanges() throws Exception {
        Watch watch;
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.insert(txn, Memo.of("a"));
            watch = f.memos.watch(txn, Memo.NAME.query("a"));
            txn.commit();
        }
        AtomicBoolean called = new AtomicBoolean();
        watch.onClose(() -> called.set(true));
        f.insert("a");
        assertThat(called).isTrue();
        assertThat(watch.await(Duration.ZERO)).isTrue();
    }

    @Test
    void promise_A18_holdingAWatchPinsNoTree() {
        f.insert(Memo.of("a"));
        WeakReference<ReadTxn> snapshot = new WeakReference<>(f.db.readTxn());
        Watch watch = f.memos.all(f.db.readTxn()).watch();
        f.insert("b");
        f.insert("c");
        assertThat(watch.isClosed()).isTrue();
        // The collector runs when it likes.
        Awaitility.await().atMost(LONG).until(() -> {
            System.gc();
            return snapshot.get() == null;
        });
        assertThat(watch.isClosed()).isTrue();
    }

    @Test
    void promise_A19_await_wakesAndTimesOut_andLeavesNothingBehind() throws Exception {
        f.insert("a");
        Watch watch = f.memos.watch(f.db.readTxn(), Memo.NAME.query("a"));
        assertThat(watch.await(Duration.ofMillis(2))).isFalse();
        assertThat(((WatchToken) watch).listeners()).isZero();
        CompletableFuture<Boolean> virtual = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            try {
                watch.await();
                virtual.complete(watch.isClosed());
            } catch (InterruptedException e) {
                virtual.completeExceptionally(e);
            }
        });
        Awaitility.await().atMost(LONG).until(() -> ((WatchToken) watch).listeners() == 1);
        f.insert("a");
        assertThat(virtual.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(watch.await(Duration.ZERO)).isTrue();
        assertThat(watch.closed()).isCompleted();
    }

    @Test
    void promise_A19_await_canBeInterrupted() {
        Watch watch = f.memos.all(f.db.readTxn()).watch();
        Thread.currentThread().interrupt();
        assertThatThrownBy(() -> watch.await(LONG)).isInstanceOf(InterruptedException.class);
        assertThat(((WatchToken) watch).listeners()).isZero();
    }

    @Test
    void promise_A19_onClose_oncePerListener_andCanBeWithdrawn() {
        f.insert("a");
        Watch watch = f.memos.watch(f.db.readTxn(), Memo.NAME.query("a"));
        List<String> calls = new ArrayList<>();
        watch.onClose(() -> {
            throw new IllegalStateException("a listener's own fault, logged");
        });
        Watch.Registration withdrawn = watch.onClose(() -> calls.add("withdrawn"));
        watch.onClose(() -> calls.add("kept"));
        CompletableFuture<Void> stage = watch.closed().toCompletableFuture();
        withdrawn.close();
        withdrawn.close();
        f.insert("a");
        assertThat(calls).containsExactly("kept");
        assertThat(stage).isCompleted();
        watch.onClose(() -> calls.add("late")).close();
        assertThat(calls).containsExactly("kept", "late");
    }

    @Test
    void promise_A19_aStageThatWasGivenUpLeavesNothingBehind() {
        Watch watch = f.memos.all(f.db.readTxn()).watch();
        for (int i = 0; i < 100; i++) {
            assertThat(watch.closed().toCompletableFuture().cancel(false)).isTrue();
        }
        CompletableFuture<Void> kept = watch.closed().toCompletableFuture();
        assertThat(((WatchToken) watch).listeners()).isOne();

        f.insert("a");

        assertThat(kept).isCompleted();
        assertThat(((WatchToken) watch).listeners()).isZero();
    }

    @Test
    void promise_A19_aListenerThatOpensAWriteTransactionIsRefusedAtOnce() {
        List<Throwable> refused = new ArrayList<>();
        f.memos.all(f.db.readTxn()).watch().onClose(() -> {
            try {
                f.db.writeTxn(f.others).abort();
            } catch (IllegalStateException e) {
                refused.add(e);
            }
        });

        f.insert("a");

        assertThat(refused)
                .singleElement()
                .satisfies(e -> assertThat(e)
                        .hasMessageContaining("a listener of a watch opens a write transaction on \"others\""));
        f.db.writeTxn(f.others).abort();
    }

    @Test
    void promise_A20_insertWatch_closesWhenTheRowIsReplacedOrDeleted() {
        Inserted<Memo> first = insertWatch(Memo.of("a"));
        f.insert("b");
        assertThat(first.watch().isClosed()).isFalse();

        Inserted<Memo> second = insertWatch(Memo.of("a").withSize(1));
        assertThat(first.watch().isClosed()).isTrue();
        assertThat(second.replaced()).isSameAs(first.row());
        assertThat(second.watch().isClosed()).isFalse();
        assertThat(f.memos.get(f.db.readTxn(), Memo.NAME.query("a"))).isSameAs(second.row());

        f.delete("a");
        assertThat(second.watch().isClosed()).isTrue();
    }

    @Test
    void promise_A20_insertWatch_ofARowThatTheSameTransactionReplacesCloses() {
        List<Inserted<Memo>> inserted = new ArrayList<>();
        f.db.write(f.memos, txn -> {
            inserted.add(f.memos.insertWatch(txn, Memo.of("a")));
            inserted.add(f.memos.insertWatch(txn, Memo.of("a").withSize(1)));
            return assertThat(inserted.getFirst().watch().isClosed()).isFalse();
        });

        assertThat(inserted.getFirst().watch().isClosed()).isTrue();
        assertThat(inserted.getLast().watch().isClosed()).isFalse();
    }

    @Test
    void promise_A20_insertWatch_closesWhenItsTransactionAborts() {
        Inserted<Memo> inserted;
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            inserted = f.memos.insertWatch(txn, Memo.of("a"));
            assertThat(inserted.watch().isClosed()).isFalse();
        }
        assertThat(inserted.watch().isClosed()).isTrue();
    }

    @Test
    void promise_A19_aListenerThatAnAbortCalledLeavesNothingInTheAnswer() {
        WatchToken answer = new WatchToken();
        WatchToken abort = new WatchToken();
        AtomicInteger calls = new AtomicInteger();
        new EitherWatch(answer, abort).onClose(calls::incrementAndGet);
        assertThat(answer.listeners()).isOne();

        abort.close();

        assertThat(answer.listeners()).isZero();
        assertThat(calls).hasValue(1);
    }

    @Test
    void promise_A19_aListenerOfAWatchThatIsClosedIsCalledAtOnceAndLeavesNothing() {
        WatchToken answer = new WatchToken();
        AtomicInteger calls = new AtomicInteger();
        new EitherWatch(answer, WatchToken.CLOSED).onClose(calls::incrementAndGet);

        assertThat(answer.listeners()).isZero();
        assertThat(calls).hasValue(1);
    }

    private Inserted<Memo> insertWatch(Memo memo) {
        return f.db.write(f.memos, txn -> f.memos.insertWatch(txn, memo));
    }
}
