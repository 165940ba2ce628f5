package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Promises A1 to A5: tables and the keys of their rows. */
final class TablesTest {
    private final Fixture f = new Fixture();

    @Test
    void promise_A1_namesOfTablesAndIndexes() {
        for (String bad : List.of("", "A", "1a", "_a", "a b", "a".repeat(32), "a\n")) {
            assertThatThrownBy(() -> TableSpec.of(bad, Memo.class, Memo.NAME))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining(bad);
        }
        TableSpec.of("a".repeat(31), Memo.class, Memo.NAME);
        for (String bad : List.of("", "__x")) {
            assertThatThrownBy(() -> Index.unique(bad, Keys.STRING, Memo::name)).hasMessageContaining("index");
        }
        assertThatThrownBy(() -> Memo.TABLE.index(Memo.TAG)).hasMessageContaining("\"tag\" already exists");
        assertThatThrownBy(() -> f.db.create(Memo.TABLE)).hasMessageContaining("\"memos\" already exists");
    }

    @Test
    void promise_A2_exactlyOnePrimaryKeyARow() {
        Index<Memo, String> byTag = Index.uniqueMulti("tag", Keys.STRING, Memo::tags);
        RWTable<Memo> tagged = f.db.create(TableSpec.of("tagged", Memo.class, byTag));
        try (WriteTxn txn = f.db.writeTxn(tagged)) {
            for (Memo bad : List.of(Memo.of("none"), Memo.of("two", "x", "y"))) {
                assertThatThrownBy(() -> tagged.insert(txn, bad))
                        .isInstanceOf(InvalidKeyException.class)
                        .hasMessageContaining("tagged")
                        .hasMessageContaining("\"tag\"")
                        .hasMessageContaining(Memo.class.getName());
            }
            tagged.insert(txn, Memo.of("same twice", "x", "x"));
            assertThat(tagged.revision(txn)).isOne();
        }
        assertThatThrownBy(() -> TableSpec.of("x", Memo.class, Memo.TAG)).hasMessageContaining("must be unique");
        RWTable<Memo> aliased = f.db.create(TableSpec.of("aliased", Memo.class, Memo.ALIAS));
        assertThatThrownBy(() -> f.db.write(aliased, txn -> aliased.insert(txn, Memo.of("a"))))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("found no key");
    }

    @Test
    void promise_A3_secondaryKeysNoneOneOrMany() {
        f.insert(Memo.of("a", "x", "y", "x").withAlias("one"));
        f.insert(Memo.of("b", "x"));
        f.insert(Memo.of("c"));
        ReadTxn txn = f.db.readTxn();
        assertThat(Fixture.names(f.memos.list(txn, Memo.TAG.query("x")))).containsExactly("a", "b");
        assertThat(Fixture.names(f.memos.list(txn, Memo.TAG.prefix("")))).containsExactly("a", "b");
        assertThat(Fixture.names(f.memos.list(txn, Memo.ALIAS.prefix("")))).containsExactly("a");
        f.insert(Memo.of("a", "y"));
        assertThat(Fixture.names(f.memos.list(f.db.readTxn(), Memo.TAG.query("x"))))
                .containsExactly("b");
        assertThat(f.memos.get(f.db.readTxn(), Memo.ALIAS.query("one"))).isNull();
    }

    @Test
    void promise_A4_anotherRowWithAUniqueKeyIsRefused() {
        f.insert(Memo.of("a", "t").withAlias("one"));
        f.db.write(f.memos, txn -> {
            assertThatThrownBy(() -> f.memos.insert(txn, Memo.of("b", "u").withAlias("one")))
                    .isInstanceOf(UniqueViolationException.class)
                    .hasMessageContaining("memos")
                    .hasMessageContaining("alias")
                    .hasMessageContaining("row a")
                    .hasMessageContaining("row b");
            assertThat(f.memos.revision(txn)).isOne();
            assertThat(f.memos.list(txn, Memo.TAG.query("u")).count()).isZero();
            f.memos.insert(txn, Memo.of("a", "t").withAlias("two"));
            f.memos.insert(txn, Memo.of("b", "u").withAlias("one"));
            return true;
        });
        assertThat(f.names()).containsExactly("a", "b");
    }

    @Test
    void promise_A4_aStoredRowMayNotTakeAnothersUniqueKey() {
        Index<Memo, Long> bySize = Index.uniqueLong("size", Memo::size);
        RWTable<Memo> sized = f.db.create(
                TableSpec.of("sized", Memo.class, Memo.NAME).index(Memo.ALIAS).index(bySize));
        Memo a = Memo.of("a").withAlias("one").withSize(1);
        Memo b = Memo.of("b").withAlias("two").withSize(2);
        f.db.write(sized, txn -> {
            sized.insert(txn, a);
            sized.insert(txn, b);
            for (Memo bad : List.of(b.withAlias("one"), b.withSize(1))) {
                assertThatThrownBy(() -> sized.insert(txn, bad)).isInstanceOf(UniqueViolationException.class);
                assertThatThrownBy(() -> sized.replace(txn, bad)).isInstanceOf(UniqueViolationException.class);
                assertThatThrownBy(() -> sized.apply(txn, bad)).isInstanceOf(UniqueViolationException.class);
                assertThatThrownBy(() -> sized.compareAndSwap(txn, 2, bad))
                        .isInstanceOf(UniqueViolationException.class);
                assertThatThrownBy(() -> sized.modify(txn, b, (old, given) -> bad))
                        .isInstanceOf(UniqueViolationException.class);
            }
            return true;
        });
        ReadTxn txn = f.db.readTxn();
        assertThat(sized.revision(txn)).isEqualTo(2);
        assertThat(sized.all(txn).values()).containsExactly(a, b);
        assertThat(sized.byRevision(txn, 0).values()).containsExactly(a, b);
        assertThat(sized.list(txn, Memo.ALIAS.query("one")).values()).containsExactly(a);
        assertThat(sized.list(txn, bySize.query(1L)).values()).containsExactly(a);
    }

    @Test
    void promise_A4_aRefusedRow_isNowhere() {
        f.insert(Memo.of("a", "t").withAlias("one"));
        f.db.write(f.memos, txn -> {
            assertThatThrownBy(() -> f.memos.insert(
                            txn, Memo.of("b", "u").withAlias("one").withSize(7)))
                    .isInstanceOf(UniqueViolationException.class);
            return true;
        });
        ReadTxn txn = f.db.readTxn();
        assertThat(f.memos.get(txn, Memo.NAME.query("b"))).isNull();
        assertThat(f.names()).containsExactly("a");
        assertThat(Fixture.names(f.memos.byRevision(txn, 0))).containsExactly("a");
        assertThat(f.memos.list(txn, Memo.TAG.query("u")).count()).isZero();
        assertThat(f.memos.list(txn, Memo.SIZE.query(7L)).count()).isZero();
    }

    @Test
    void promise_A5_removal_isNotDeletion() {
        f.insert("a");
        ReadTxn before = f.db.readTxn();
        ChangeIterator<Memo> changes = f.memos.changes();
        List<Watch> watches = List.of(
                f.memos.all(before).watch(),
                f.memos.watch(before, Memo.NAME.query("a")),
                f.memos.watch(before, Memo.NAME.query("absent")),
                f.memos.watch(before, Memo.TAG.prefix("x")),
                changes.next(before).watch());
        f.db.remove(f.memos);
        assertThat(watches).allMatch(Watch::isClosed);
        assertThat(Fixture.names(f.memos.all(before))).containsExactly("a");
        assertThat(f.memos.all(before).watch().isClosed()).isTrue();
        assertThat(f.db.tables().stream().map(Table::name)).containsExactly("others");
        assertThatThrownBy(() -> f.memos.all(f.db.readTxn())).isInstanceOf(TableRemovedException.class);
        assertThatThrownBy(() -> f.db.writeTxn(f.memos)).isInstanceOf(TableRemovedException.class);
        assertThatThrownBy(() -> changes.next(before)).isInstanceOf(TableRemovedException.class);
        assertThatThrownBy(f.memos::changes).isInstanceOf(TableRemovedException.class);
        assertThatThrownBy(() -> f.db.remove(f.memos)).isInstanceOf(TableRemovedException.class);
        changes.close();
        f.scheduler.runAll();
    }

    @Test
    void promise_A5_removal_closesTheWatchesOnNumbersAndInitializersToo() {
        Index<Memo, Long> bySize = Index.uniqueLong("size", Memo::size);
        Index<Memo, Long> byTags =
                Index.nonUniqueLong("tags", memo -> memo.tags().size());
        RWTable<Memo> sized =
                f.db.create(TableSpec.of("sized", Memo.class, bySize).index(byTags), "load");
        f.db.write(sized, txn -> sized.insert(txn, Memo.of("a", "x").withSize(1)));
        ReadTxn before = f.db.readTxn();
        List<Watch> watches = List.of(
                sized.watch(before, bySize.query(1L)),
                sized.watch(before, bySize.query(2L)),
                sized.watch(before, byTags.query(1L)),
                sized.watch(before, byTags.query(2L)),
                sized.initializedWatch(before));
        assertThat(watches).noneMatch(Watch::isClosed);
        f.db.remove(sized);
        assertThat(watches).allMatch(Watch::isClosed);
    }

    @Test
    void promise_A5_tableMadeAgain_startsAboveTheOldRevisions() {
        f.insert("a", "b");
        ReadTxn before = f.db.readTxn();
        f.db.remove(f.memos);
        RWTable<Memo> again = f.db.create(Memo.TABLE, "load");
        assertThat(again.initialized(f.db.readTxn())).isFalse();
        f.db.write(again, txn -> again.insert(txn, Memo.of("c")));
        assertThat(again.revision(f.db.readTxn())).isEqualTo(3);
        assertThat(Fixture.names(f.memos.all(before))).containsExactly("a", "b");
        assertThatThrownBy(() -> again.all(before)).isInstanceOf(TableRemovedException.class);
        assertThatThrownBy(() -> f.memos.all(f.db.readTxn())).isInstanceOf(TableRemovedException.class);
    }

    @Test
    void aSnapshotOlderThanTheTable_saysSo() {
        ReadTxn before = f.db.readTxn();
        RWTable<Memo> young = f.db.create(TableSpec.of("young", Memo.class, Memo.NAME));
        assertThatThrownBy(() -> young.count(before))
                .isInstanceOf(TableRemovedException.class)
                .hasMessageContaining("did not exist yet");
    }

    @Test
    void get_withAnIndexOfAnotherTable_namesIt() {
        assertThatThrownBy(() -> f.others.get(f.db.readTxn(), Memo.TAG.query("x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("others")
                .hasMessageContaining("\"tag\"");
    }
}
