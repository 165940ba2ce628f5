package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.RowFunctionException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Promises A8 to A12 and A14: write transactions. */
final class WritesTest {
    private final Fixture f = new Fixture();

    @Test
    void promise_A8_readsItsOwnWrites_andTheRestAtItsSnapshot() {
        try (WriteTxn txn = f.db.writeTxn(f.memos, f.memos, f.memos)) {
            f.db.write(f.others, other -> f.others.insert(other, Memo.of("later")));
            f.memos.insert(txn, Memo.of("mine", "t"));
            assertThat(f.memos.get(txn, Memo.NAME.query("mine"))).isNotNull();
            assertThat(Fixture.names(f.memos.list(txn, Memo.TAG.query("t")))).containsExactly("mine");
            assertThat(f.memos.count(txn)).isOne();
            assertThat(f.others.count(txn)).isZero();
            assertThat(f.names()).isEmpty();
            txn.commit();
        }
        assertThat(f.names()).containsExactly("mine");
        assertThat(f.others.count(f.db.readTxn())).isOne();
    }

    @Test
    void promise_A8_oppositeOrdersDoNotDeadlock() throws Exception {
        CompletableFuture<?>[] writers = new CompletableFuture<?>[4];
        for (int w = 0; w < writers.length; w++) {
            RWTable<?>[] tables =
                    w % 2 == 0 ? new RWTable<?>[] {f.memos, f.others} : new RWTable<?>[] {f.others, f.memos};
            writers[w] = CompletableFuture.runAsync(() -> {
                for (int i = 0; i < 2000; i++) {
                    try (WriteTxn txn = f.db.writeTxn(tables)) {
                        f.memos.insert(txn, Memo.of("a"));
                        txn.commit();
                    }
                }
            });
        }
        CompletableFuture.allOf(writers).get(60, TimeUnit.SECONDS);
        assertThat(f.memos.revision(f.db.readTxn())).isEqualTo(8000);
    }

    @Test
    void promise_A8_tablesAreLockedInOneOrder_howeverTheyAreNamed() throws Exception {
        // "memos" is the older table: who waits for it must not hold the other one.
        WriteTxn holder = f.db.writeTxn(f.memos);
        Thread waiter = Thread.ofPlatform()
                .daemon()
                .start(() -> f.db.writeTxn(f.others, f.memos).abort());
        try {
            Awaitility.await().until(() -> waiter.getState() == Thread.State.WAITING);
            CompletableFuture.runAsync(() -> f.db.write(f.others, txn -> f.others.insert(txn, Memo.of("free"))))
                    .get(10, TimeUnit.SECONDS);
        } finally {
            holder.abort();
        }
        assertThat(waiter.join(Duration.ofSeconds(10))).isTrue();
        assertThat(f.others.count(f.db.readTxn())).isOne();
    }

    @Test
    void promise_A9_everyWriteSaysWhatItDid() {
        f.db.write(f.memos, txn -> {
            assertThat(f.memos.insert(txn, Memo.of("a"))).isNull();
            assertThat(value(f.memos.insert(txn, Memo.of("a").withSize(1)))).isEqualTo(Memo.of("a"));
            assertThat(f.memos.replace(txn, Memo.of("b"))).isNull();
            assertThat(f.memos.get(txn, Memo.NAME.query("b"))).isNull();
            assertThat(value(f.memos.replace(txn, Memo.of("a").withSize(2))))
                    .isEqualTo(Memo.of("a").withSize(1));
            assertThat(value(f.memos.apply(txn, Memo.of("a").withSize(2))))
                    .isEqualTo(Memo.of("a").withSize(2));
            assertThat(f.memos.revision(txn)).isEqualTo(3);
            assertThat(f.memos.apply(txn, Memo.of("b"))).isNull();
            assertThat(value(f.memos.modify(
                            txn, Memo.of("a").withSize(5), (old, now) -> old.withSize(old.size() + now.size()))))
                    .isEqualTo(Memo.of("a").withSize(2));
            Row<Memo> a = f.memos.get(txn, Memo.NAME.query("a"));
            assertThat(a).isNotNull();
            assertThat(a.value().size()).isEqualTo(7);
            assertThat(f.memos.compareAndSwap(txn, a.revision() - 1, Memo.of("a")))
                    .isFalse();
            assertThat(f.memos.compareAndSwap(txn, a.revision(), Memo.of("a"))).isTrue();
            assertThat(f.memos.compareAndSwap(txn, 0, Memo.of("a"))).isFalse();
            assertThat(f.memos.compareAndSwap(txn, 0, Memo.of("c").withAlias("sea")))
                    .isTrue();
            assertThat(f.memos.compareAndDelete(txn, 1, Memo.of("a"))).isFalse();
            assertThat(f.memos.compareAndDelete(txn, f.memos.revision(txn), Memo.of("c")))
                    .isTrue();
            assertThat(value(f.memos.delete(txn, Memo.of("a").withSize(77)))).isEqualTo(Memo.of("a"));
            f.memos.insert(txn, Memo.of("d").withAlias("dee"));
            assertThat(value(f.memos.delete(txn, Memo.ALIAS.query("dee"))))
                    .isEqualTo(Memo.of("d").withAlias("dee"));
            assertThat(f.memos.delete(txn, Memo.NAME.query("zzz"))).isNull();
            assertThatThrownBy(() -> f.memos.delete(txn, Memo.TAG.query("x")))
                    .isInstanceOf(IllegalArgumentException.class);
            assertThat(f.memos.deleteAll(txn)).isOne();
            return true;
        });
        assertThat(f.names()).isEmpty();
    }

    @Test
    void promise_A9_compareAndSwap_ofAnAbsentRow() {
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            for (long revision : new long[] {1, -1, Long.MAX_VALUE, Long.MIN_VALUE}) {
                assertThat(f.memos.compareAndSwap(txn, revision, Memo.of("a"))).isFalse();
                assertThat(f.memos.compareAndDelete(txn, revision, Memo.of("a")))
                        .isFalse();
            }
            assertThat(f.memos.compareAndDelete(txn, 0, Memo.of("a"))).isFalse();
            assertThat(f.memos.revision(txn)).isZero();
            assertThat(f.memos.compareAndSwap(txn, 0, Memo.of("a"))).isTrue();
            assertThat(f.memos.compareAndSwap(txn, 0, Memo.of("a"))).isFalse();
            txn.commit();
        }
        f.delete("a");
        f.db.write(f.memos, txn -> {
            assertThat(f.memos.compareAndSwap(txn, 1, Memo.of("a"))).isFalse(); // the revision that it had
            assertThat(f.memos.compareAndSwap(txn, 2, Memo.of("a"))).isFalse(); // the revision of its delete
            return f.memos.compareAndSwap(txn, 0, Memo.of("a").withSize(1));
        });
        Row<Memo> row = f.memos.get(f.db.readTxn(), Memo.NAME.query("a"));
        assertThat(row).isNotNull();
        assertThat(row.revision()).isEqualTo(3);
    }

    @Test
    void promise_A9_modify_keepsThePrimaryKey() {
        f.insert("a");
        f.db.write(f.memos, txn -> {
            assertThatThrownBy(() -> f.memos.modify(txn, Memo.of("a"), (old, now) -> Memo.of("b")))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageContaining("row a");
            return true;
        });
        assertThat(f.names()).containsExactly("a");
    }

    @Test
    void promise_A10_whatTakesARevision_andWhatDoesNot() {
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.insert(txn, Memo.of("a").withAlias("x"));
            f.memos.insert(txn, Memo.of("a").withAlias("x"));
            f.memos.delete(txn, Memo.of("missing"));
            f.memos.delete(txn, Memo.NAME.query("missing"));
            f.memos.delete(txn, Memo.ALIAS.query("missing"));
            f.memos.replace(txn, Memo.of("missing"));
            f.memos.compareAndSwap(txn, 9, Memo.of("a"));
            f.memos.compareAndDelete(txn, 9, Memo.of("a"));
            assertThatThrownBy(() -> f.memos.insert(txn, Memo.of("b").withAlias("x")))
                    .hasMessageContaining("unique");
            assertThat(f.memos.revision(txn)).isEqualTo(2);
            f.memos.delete(txn, Memo.of("a"));
            f.memos.insert(txn, Memo.of("b"));
            txn.commit();
        }
        Row<Memo> b = f.memos.get(f.db.readTxn(), Memo.NAME.query("b"));
        assertThat(b).isNotNull();
        assertThat(b.revision()).isEqualTo(4);
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.insert(txn, Memo.of("gone"));
        }
        f.insert("c");
        assertThat(f.memos.revision(f.db.readTxn())).isEqualTo(5);
    }

    @Test
    void promise_A11_writingWithoutTheRight() {
        WriteTxn txn = f.db.writeTxn(f.memos);
        assertThatThrownBy(() -> f.others.insert(txn, Memo.of("a")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("\"others\" is not locked");
        txn.commit();
        assertThatThrownBy(() -> f.memos.insert(txn, Memo.of("a"))).hasMessageContaining("committed");
        assertThatThrownBy(txn::commit).isInstanceOf(IllegalStateException.class);
        txn.abort();
        WriteTxn aborted = f.db.writeTxn(f.memos);
        aborted.abort();
        aborted.abort();
        assertThatThrownBy(() -> f.memos.delete(aborted, Memo.of("a"))).hasMessageContaining("aborted");
        Fixture foreign = new Fixture();
        try (WriteTxn there = foreign.db.writeTxn(foreign.memos)) {
            assertThatThrownBy(() -> f.memos.insert(there, Memo.of("a"))).hasMessageContaining("different databases");
            assertThatThrownBy(() -> f.memos.all(there))
                    .hasMessageContaining("and the transaction are of different databases");
        }
        assertThatThrownBy(() -> f.memos.all(foreign.db.readTxn())).hasMessageContaining("different databases");
        assertThatThrownBy(() -> f.db.writeTxn(foreign.memos)).hasMessageContaining("another database");
        assertThatThrownBy(() -> f.db.writeTxn()).hasMessageContaining("name one");
    }

    @Test
    void promise_A12_publishesAllTablesAtOnce_andLosesNoOtherCommit() {
        ReadTxn before = f.db.readTxn();
        ReadTxn committed;
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.db.write(f.others, other -> f.others.insert(other, Memo.of("meanwhile")));
            f.memos.insert(txn, Memo.of("a"));
            committed = txn.commit();
        }
        assertThat(f.memos.count(committed)).isOne();
        assertThat(f.others.count(committed)).isOne();
        assertThat(f.memos.count(before) + f.others.count(before)).isZero();
        f.db.write(f.others, txn -> f.others.insert(txn, Memo.of("after")));
        assertThat(f.others.count(committed)).isOne();
    }

    @Test
    void promise_A14_indexFunctionThatThrows_leavesNoTrace() {
        Index<Memo, String> picky = Index.nonUnique("picky", Keys.STRING, memo -> {
            if (memo.size() == 13) {
                throw new IllegalStateException("unlucky");
            }
            return memo.name();
        });
        RWTable<Memo> table = f.db.create(
                TableSpec.of("picky", Memo.class, Memo.NAME).index(Memo.TAG).index(picky));
        ReadTxn before = f.db.readTxn();
        Watch watch = table.all(before).watch();
        f.db.write(table, txn -> {
            assertThatThrownBy(() -> table.insert(txn, Memo.of("a", "t").withSize(13)))
                    .isInstanceOf(RowFunctionException.class)
                    .hasRootCauseMessage("unlucky");
            assertThat(table.revision(txn)).isZero();
            assertThat(table.list(txn, Memo.TAG.query("t")).count()).isZero();
            return true;
        });
        assertThat(watch.isClosed()).isFalse();
        assertThat(table.stats().objects()).isZero();
        assertThatThrownBy(() -> f.db.write(table, txn -> {
                    table.insert(txn, Memo.of("b"));
                    throw new IllegalArgumentException("body");
                }))
                .hasMessage("body");
        assertThat(watch.isClosed()).isFalse();
        assertThat(table.revision(f.db.readTxn())).isZero();
    }

    @Test
    void promise_A14_deleteAll_whoseIndexFunctionThrows_deletesNothing() {
        AtomicInteger unlucky = new AtomicInteger(-1);
        Index<Memo, String> picky = Index.nonUnique("picky", Keys.STRING, memo -> {
            if (memo.size() == unlucky.get()) {
                throw new IllegalStateException("unlucky");
            }
            return memo.name();
        });
        RWTable<Memo> table =
                f.db.create(TableSpec.of("picky", Memo.class, Memo.NAME).index(picky));
        f.db.write(table, txn -> table.insert(txn, Memo.of("a").withSize(1)));
        f.db.write(table, txn -> table.insert(txn, Memo.of("b").withSize(2)));
        unlucky.set(2);
        f.db.write(table, txn -> {
            assertThatThrownBy(() -> table.deleteAll(txn)).hasRootCauseMessage("unlucky");
            return true;
        });
        assertThat(table.count(f.db.readTxn())).isEqualTo(2);
        assertThat(table.revision(f.db.readTxn())).isEqualTo(2);
    }

    @Test
    void promise_A12_aCommitWithoutWrites_publishesNothing() {
        f.insert("a");
        ReadTxn before = f.db.readTxn();
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            f.memos.delete(txn, Memo.of("missing"));
            assertThat(txn.commit()).isSameAs(before);
        }
        assertThat(f.db.readTxn()).isSameAs(before);
    }

    @Test
    void promise_A14_impureIndexFunction_isNotCommitted() {
        AtomicInteger calls = new AtomicInteger();
        Index<Memo, String> impure = Index.nonUnique("impure", Keys.STRING, memo -> "k" + calls.getAndIncrement());
        RWTable<Memo> table =
                f.db.create(TableSpec.of("impure", Memo.class, Memo.NAME).index(impure));
        f.db.write(table, txn -> table.insert(txn, Memo.of("a")));
        ReadTxn before = f.db.readTxn();
        try (WriteTxn txn = f.db.writeTxn(table)) {
            assertThatThrownBy(() -> table.delete(txn, Memo.of("a"))).isInstanceOf(RuntimeException.class);
            assertThatThrownBy(txn::commit)
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("impure");
        }
        assertThat(f.db.readTxn()).isSameAs(before);
        f.insert("the lock of other tables is free");
        try (WriteTxn txn = f.db.writeTxn(table)) {
            assertThat(table.count(txn)).isOne();
        }
    }

    @Test
    void promise_A14_secondTransactionOfOneThread_isAnErrorAtOnce() {
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            assertThatThrownBy(() -> f.db.writeTxn(f.others, f.memos))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("memos")
                    .hasMessageContaining(Thread.currentThread().getName());
            // The refused transaction holds nothing.
            f.db.write(f.others, other -> f.others.insert(other, Memo.of("a")));
            f.memos.insert(txn, Memo.of("b"));
            txn.commit();
        }
        f.insert("c");
    }

    @Test
    void promise_A14_aTransactionMayBeHandedOver() throws Exception {
        WriteTxn txn = f.db.writeTxn(f.memos);
        CompletableFuture.runAsync(() -> {
                    f.memos.insert(txn, Memo.of("a"));
                    txn.commit();
                })
                .get(10, TimeUnit.SECONDS);
        f.insert("b");
        assertThat(f.names()).containsExactly("a", "b");
    }

    @Test
    void invariant_2_abortLeavesNoTrace() {
        f.insert(Memo.of("a", "t"));
        ReadTxn before = f.db.readTxn();
        List<Watch> watches = List.of(
                f.memos.all(before).watch(),
                f.memos.watch(before, Memo.NAME.query("a")),
                f.memos.watch(before, Memo.NAME.query("b")),
                f.memos.watch(before, Memo.TAG.query("t")));
        try (var changes = f.memos.changes();
                WriteTxn txn = f.db.writeTxn(f.memos)) {
            changes.next(before).forEach(change -> {});
            f.memos.insert(txn, Memo.of("b"));
            f.memos.delete(txn, Memo.of("a"));
            f.memos.list(txn, Memo.NAME.prefix("")).watch();
            txn.abort();
            assertThat(changes.next(f.db.readTxn()).iterator().hasNext()).isFalse();
        }
        assertThat(watches).noneMatch(Watch::isClosed);
        assertThat(f.db.readTxn()).isSameAs(before);
        assertThat(f.memos.stats().graveyard()).isZero();
    }

    private static @Nullable Memo value(@Nullable Row<Memo> row) {
        return row == null ? null : row.value();
    }
}
