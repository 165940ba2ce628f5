package dev.homeostat.statedb.flow;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.flow.ChangePublisher;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.statedb.testing.ManualScheduler;
import dev.homeostat.statedb.testing.Memo;
import dev.homeostat.statedb.watch.WatchToken;
import java.lang.ref.WeakReference;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Flow;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promise A25, beyond what the official tests of Reactive Streams ask. */
final class ChangePublisherTest {
    private final ManualScheduler collector = new ManualScheduler();
    private final ManualScheduler executor = new ManualScheduler();
    private final Database db = StateDatabase.builder().scheduler(collector).build();
    private final RWTable<Memo> memos = db.create(Memo.TABLE);
    private final ChangePublisher<Memo> publisher = ChangePublisher.of(db, memos, executor);

    @Test
    void promise_A25_rowsThatExistComeFirst_thenChanges_asDemanded() {
        insert("a", "b", "c");
        delete("b");
        Recorder all = subscribe(publisher, Long.MAX_VALUE);
        Recorder two = subscribe(publisher, 2);
        executor.runAll();
        assertThat(all.signals).containsExactly("+a@1", "+c@3");
        insert("d");
        delete("a");
        executor.runAll();
        assertThat(all.signals).containsExactly("+a@1", "+c@3", "+d@5", "-a@6");
        assertThat(two.signals).containsExactly("+a@1", "+c@3");
        two.subscription().request(9);
        executor.runAll();
        assertThat(two.signals).containsExactly("+a@1", "+c@3", "+d@5", "-a@6");
    }

    @Test
    void promise_A25_upToNow_givesNoDeleteOfARowThatWentWhileItBegan() {
        insert("a", "b");
        Database late = (Database) Proxy.newProxyInstance(
                getClass().getClassLoader(), new Class<?>[] {Database.class}, (proxy, method, arguments) -> {
                    if (method.getName().equals("readTxn")) {
                        delete("a");
                    }
                    return method.invoke(db, arguments);
                });
        Recorder recorder = subscribe(ChangePublisher.of(late, memos, executor).upToNow(), Long.MAX_VALUE);

        executor.runAll();

        assertThat(recorder.signals).containsExactly("+b@2", "complete");
    }

    @Test
    void promise_A25_slowSubscriber_getsTheNewestState() {
        Recorder slow = subscribe(publisher, 0);
        executor.runAll();
        for (int i = 0; i < 5; i++) {
            insert("often");
        }
        insert("short");
        delete("short");
        slow.subscription().request(1);
        executor.runAll();
        insert("often");
        slow.subscription().request(5);
        executor.runAll();
        assertThat(slow.signals).containsExactly("+often@5", "-short@7", "+often@8");
    }

    @Test
    void promise_A25_signalsRunOnTheExecutor_neverOnTheCommittingThread() {
        Recorder recorder = subscribe(publisher, Long.MAX_VALUE);
        assertThat(recorder.subscribed()).as("before the executor ran").isFalse();
        executor.runAll();
        assertThat(recorder.subscribed()).isTrue();
        insert("a");
        assertThat(recorder.signals).as("after the commit").isEmpty();
        executor.runAll();
        assertThat(recorder.signals).containsExactly("+a@1");
    }

    @Test
    void promise_A25_signalsAreSerial_underManyThreads() throws Exception {
        int writers = 4;
        int rows = 500;
        Serial serial = new Serial();
        try (ExecutorService threads = Executors.newFixedThreadPool(3)) {
            ChangePublisher.of(db, memos, threads).subscribe(serial);
            Thread[] writing = new Thread[writers];
            for (int w = 0; w < writers; w++) {
                int writer = w;
                writing[w] = Thread.ofPlatform().start(() -> {
                    for (int i = 0; i < rows; i++) {
                        insert(writer + "-" + i);
                    }
                });
            }
            for (Thread thread : writing) {
                thread.join();
            }
            Awaitility.await().until(() -> serial.revisions.size() == writers * rows);
            serial.subscription().cancel();
        }
        assertThat(serial.overlaps).hasValue(0);
        assertThat(List.copyOf(serial.revisions)).isSorted().doesNotHaveDuplicates();
    }

    @Test
    void promise_A25_unboundedDemand_doesNotRecurse() {
        db.write(memos, txn -> {
            for (int i = 0; i < 100_000; i++) {
                memos.insert(txn, Memo.of("memo " + i));
            }
            return true;
        });
        AtomicInteger count = new AtomicInteger();
        // The executor runs tasks at once: a call in a call would show in the depth.
        ChangePublisher.of(db, memos, Runnable::run).upToNow().subscribe(new Recorder(1) {
            @Override
            public void onNext(Change<Memo> change) {
                count.incrementAndGet();
                subscription().request(1);
            }
        });
        assertThat(count).hasValue(100_000);
    }

    @Test
    void promise_A25_upToNow_endsWithTheRowsThatExist() {
        insert("a", "b");
        Recorder finite = subscribe(publisher.upToNow(), 1);
        insert("later");
        executor.runAll();
        assertThat(finite.signals).containsExactly("+a@1");
        finite.subscription().request(1);
        executor.runAll();
        assertThat(finite.signals).containsExactly("+a@1", "+b@2", "complete");
        assertThat(memos.stats().changeIterators()).isZero();
        db.write(memos, memos::deleteAll);
        Recorder empty = subscribe(publisher.upToNow(), 0);
        executor.runAll();
        assertThat(empty.signals).containsExactly("complete");
    }

    @Test
    void promise_A25_cancel_freesTheGraveyard_andUnlinksTheListener() {
        Recorder recorder = subscribe(publisher, Long.MAX_VALUE);
        insert("a", "b");
        executor.runAll();
        Recorder forgetful = subscribe(publisher, 0);
        executor.runAll();
        delete("a");
        assertThat(memos.stats().graveyard()).isOne();
        executor.runAll();
        WatchToken token = (WatchToken) memos.all(db.readTxn()).watch();
        assertThat(token.listeners()).isOne();
        recorder.subscription().cancel();
        assertThat(token.listeners()).isZero();
        forgetful.subscription().cancel();
        collector.runAll();
        assertThat(memos.stats().graveyard()).isZero();
        assertThat(memos.stats().changeIterators()).isZero();
        insert("c");
        recorder.subscription().request(1);
        executor.runAll();
        assertThat(recorder.signals).containsExactly("+a@1", "+b@2", "-a@3");
    }

    @Test
    void promise_A25_cancelInOnNext_endsAtOnce() {
        insert("a", "b");
        Recorder recorder = new Recorder(Long.MAX_VALUE) {
            @Override
            public void onNext(Change<Memo> change) {
                super.onNext(change);
                subscription().cancel();
            }
        };
        publisher.subscribe(recorder);
        executor.runAll();
        assertThat(recorder.signals).containsExactly("+a@1");
        assertThat(memos.stats().changeIterators()).isZero();
    }

    @Test
    void promise_A25_cancelled_dropsTheSubscriber() {
        Recorder recorder = subscribe(publisher, Long.MAX_VALUE);
        executor.runAll();
        Flow.Subscription subscription = recorder.subscription();
        WeakReference<Recorder> dropped = new WeakReference<>(recorder);
        recorder = null;
        subscription.cancel();
        awaitCollected(dropped);
        assertThat(subscription).isNotNull();
    }

    @Test
    void promise_A25_unreachableWithoutDemand_leavesNothingBehind() {
        insert("a");
        WeakReference<Recorder> forgotten = new WeakReference<>(subscribe(publisher, 1));
        executor.runAll();
        delete("a");
        assertThat(memos.stats().graveyard()).isOne();
        awaitCollected(forgotten);
        Awaitility.await().until(() -> {
            System.gc();
            return memos.stats().changeIterators() == 0;
        });
        collector.runAll();
        assertThat(memos.stats().graveyard()).isZero();
        assertThat(((WatchToken) memos.all(db.readTxn()).watch()).listeners()).isZero();
    }

    @Test
    void promise_A25_withDemand_isKeptByTheTableItWaitsFor() {
        WeakReference<Recorder> waiting = new WeakReference<>(subscribe(publisher, 1));
        executor.runAll();
        System.gc();
        insert("a");
        executor.runAll();
        assertThat(seen).containsExactly("+a@1");
        assertThat(waiting).isNotNull();
    }

    @Test
    void promise_A25_removedTable_isAnError_whetherItWaitsOrSubscribesLate() {
        insert("a");
        Recorder waiting = subscribe(publisher, Long.MAX_VALUE);
        Recorder idle = subscribe(publisher, 0);
        executor.runAll();
        db.remove(memos);
        executor.runAll();
        assertThat(waiting.signals).containsExactly("+a@1", "error");
        assertThat(waiting.error).isInstanceOf(TableRemovedException.class).hasMessageContaining("\"memos\"");
        assertThat(idle.signals).isEmpty();
        idle.subscription().request(1);
        Recorder late = subscribe(publisher, 1);
        executor.runAll();
        assertThat(idle.signals).containsExactly("error");
        assertThat(late.signals).containsExactly("error");
        assertThat(late.error).isInstanceOf(TableRemovedException.class);
    }

    @Test
    void promise_A25_wrongRequest_isAnErrorThatSaysWhat() {
        for (long wrong : new long[] {0, -1, Long.MIN_VALUE}) {
            Recorder recorder = subscribe(publisher, 1);
            executor.runAll();
            recorder.subscription().request(wrong);
            executor.runAll();
            assertThat(recorder.error)
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("request(" + wrong + ")")
                    .hasMessageContaining("\"memos\"");
        }
        assertThat(memos.stats().changeIterators()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // what it does with null is the question
    void promise_A25_withoutSubscriber_isRefused() {
        assertThatThrownBy(() -> publisher.subscribe(null)).isInstanceOf(NullPointerException.class);
        assertThat(memos.stats().changeIterators()).isZero();
    }

    @Test
    void promise_A25_subscriberThatThrows_isCancelled_andNobodyElseIsHarmed() {
        insert("a", "b");
        Recorder inOnNext = new Recorder(Long.MAX_VALUE) {
            @Override
            public void onNext(Change<Memo> change) {
                super.onNext(change);
                throw new AssertionError("planted");
            }
        };
        Recorder inOnSubscribe = new Recorder(1) {
            @Override
            public void onSubscribe(Flow.Subscription given) {
                super.onSubscribe(given);
                throw new IllegalStateException("planted");
            }
        };
        publisher.subscribe(inOnNext);
        publisher.subscribe(inOnSubscribe);
        Recorder good = subscribe(publisher, Long.MAX_VALUE);
        executor.runAll();
        insert("c");
        executor.runAll();
        assertThat(inOnNext.signals).containsExactly("+a@1");
        assertThat(inOnSubscribe.signals).isEmpty();
        assertThat(good.signals).containsExactly("+a@1", "+b@2", "+c@3");
        assertThat(memos.stats().changeIterators()).isOne();
    }

    @Test
    void promise_A25_executorThatRefuses_isAnErrorForWhoAsks_andACleanEndForWhoWaits() {
        Closable closing = new Closable(executor);
        ChangePublisher<Memo> onIt = ChangePublisher.of(db, memos, closing);
        Recorder asking = subscribe(onIt, 0);
        Recorder waiting = subscribe(onIt, 1);
        executor.runAll();
        closing.closed = true;
        asking.subscription().request(1);
        assertThat(asking.signals).containsExactly("error");
        assertThat(asking.error).isInstanceOf(RejectedExecutionException.class);
        insert("a");
        assertThat(waiting.signals).as("no signal on the committing thread").isEmpty();
        assertThat(memos.stats().changeIterators()).isZero();
        Recorder late = subscribe(onIt, 1);
        assertThat(late.subscribed()).isTrue();
        assertThat(late.signals).containsExactly("error");
        assertThat(memos.stats().changeIterators()).isZero();
        assertThat(memos.count(db.readTxn())).as("the commit is not harmed").isOne();
    }

    @Test
    void promise_A25_subscriberMayWriteToTheTable() {
        RWTable<Memo> copies = db.create(TableSpec.of("copies", Memo.class, Memo.NAME));
        Recorder copier = new Recorder(Long.MAX_VALUE) {
            @Override
            public void onNext(Change<Memo> change) {
                try (WriteTxn txn = db.writeTxn(memos, copies)) {
                    copies.insert(txn, change.row().value());
                    memos.delete(txn, change.row().value());
                    txn.commit();
                }
                super.onNext(change);
            }
        };
        publisher.subscribe(copier);
        insert("a", "b");
        executor.runAll();
        assertThat(copies.count(db.readTxn())).isEqualTo(2);
        assertThat(memos.count(db.readTxn())).isZero();
        assertThat(copier.signals).contains("+a@1", "-a@3", "-b@4");
    }

    private final List<String> seen = new ArrayList<>();

    private Recorder subscribe(ChangePublisher<Memo> to, long demand) {
        Recorder recorder = new Recorder(demand, seen::add);
        to.subscribe(recorder);
        return recorder;
    }

    private void insert(String... names) {
        db.write(memos, txn -> {
            for (String name : names) {
                memos.insert(txn, Memo.of(name));
            }
            return true;
        });
    }

    private void delete(String name) {
        db.write(memos, txn -> memos.delete(txn, Memo.of(name)));
    }

    private static void awaitCollected(WeakReference<?> reference) {
        Awaitility.await().atMost(Duration.ofSeconds(20)).until(() -> {
            System.gc();
            return reference.get() == null;
        });
    }

    /** Writes down what it is told. */
    private static class Recorder implements Flow.Subscriber<Change<Memo>> {
        final List<String> signals = new ArrayList<>();
        private final long demand;
        private final Consumer<String> also;
        Throwable error = new IllegalStateException("no error yet");
        private Flow.@Nullable Subscription subscription;

        Recorder(long demand) {
            this(demand, signal -> {});
        }

        Recorder(long demand, Consumer<String> also) {
            this.demand = demand;
            this.also = also;
        }

        boolean subscribed() {
            return subscription != null;
        }

        Flow.Subscription subscription() {
            if (subscription == null) {
                throw new AssertionError("not subscribed yet");
            }
            return subscription;
        }

        @Override
        public void onSubscribe(Flow.Subscription given) {
            subscription = given;
            if (demand > 0) {
                given.request(demand);
            }
        }

        @Override
        public void onNext(Change<Memo> change) {
            note((change instanceof Change.Update<?> ? "+" : "-")
                    + change.row().value().name() + "@" + change.revision());
        }

        @Override
        public void onError(Throwable e) {
            error = e;
            note("error");
        }

        @Override
        public void onComplete() {
            note("complete");
        }

        private void note(String signal) {
            signals.add(signal);
            also.accept(signal);
        }
    }

    /** Looks for signals that overlap. */
    private static final class Serial extends Recorder {
        final ConcurrentLinkedQueue<Long> revisions = new ConcurrentLinkedQueue<>();
        final AtomicInteger overlaps = new AtomicInteger();
        private final AtomicInteger inside = new AtomicInteger();

        Serial() {
            super(Long.MAX_VALUE);
        }

        @Override
        public void onNext(Change<Memo> change) {
            if (inside.getAndIncrement() != 0) {
                overlaps.incrementAndGet();
            }
            revisions.add(change.revision());
            Thread.onSpinWait();
            inside.decrementAndGet();
        }
    }

    /** An executor that refuses once it is closed. */
    private static final class Closable implements Executor {
        private final Executor executor;
        private boolean closed;

        Closable(Executor executor) {
            this.executor = executor;
        }

        @Override
        public void execute(Runnable task) {
            if (closed) {
                throw new RejectedExecutionException("closed");
            }
            executor.execute(task);
        }
    }
}
