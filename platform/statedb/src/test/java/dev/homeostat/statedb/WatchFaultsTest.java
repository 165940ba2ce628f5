package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Inserted;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.IntFunction;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Faults of watches that are easy to make and hard to notice (promises A18 to A20). */
final class WatchFaultsTest {
    /** All words of at most three letters out of two: every way in which edges are compressed, split and joined again. */
    private static final List<String> WORDS = words();

    private final Fixture f = new Fixture();

    @Test
    void promise_A18_prefixInsideACompressedEdge_afterRemovalsJoinedNodes() {
        f.insert("abcdef1", "abcdef2", "abx", "q");
        Watch beforeTheJoin = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix("abcd"));
        f.delete("abx"); // the node of "ab" goes; "abcd" ends inside of the edge from the root to "abcdef"
        for (String key : List.of("abcz", "abcdzz", "abcd", "abcde", "abcdef")) {
            Watch inside = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix("abcd"));
            f.insert(key);
            assertThat(inside.isClosed() || !key.startsWith("abcd")).as(key).isTrue();
            inside = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix("abcd"));
            f.delete(key);
            assertThat(inside.isClosed() || !key.startsWith("abcd")).as(key).isTrue();
        }
        assertThat(beforeTheJoin.isClosed()).isTrue();
        // Down to one leaf, and to none.
        Watch last = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix("abcdef"));
        f.delete("abcdef1");
        assertThat(last.isClosed()).isTrue();
        last = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix("abcd"));
        f.delete("abcdef2");
        assertThat(last.isClosed()).isTrue();
        last = f.memos.watch(f.db.readTxn(), Memo.NAME.prefix("abcd"));
        f.insert("abcd");
        assertThat(last.isClosed()).isTrue();
    }

    @Test
    void promise_A18_everyWordAndEveryPrefix_whateverWasThereBefore() {
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            Fixture fixture = new Fixture();
            Set<String> present = new HashSet<>();
            for (int i = random.nextInt(25); i >= 0; i--) {
                toggle(fixture, present, any(WORDS, random));
            }
            ReadTxn txn = fixture.db.readTxn();
            List<Watch> keys = WORDS.stream()
                    .map(word -> fixture.memos.watch(txn, Memo.NAME.query(word)))
                    .toList();
            List<Watch> prefixes = WORDS.stream()
                    .map(word -> fixture.memos.watch(txn, Memo.NAME.prefix(word)))
                    .toList();
            Set<String> before = Set.copyOf(present);
            // Several changes: the first may join away the node in which a watch sits that the second must close.
            Set<String> changed = new HashSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                String word = any(WORDS, random);
                changed.add(word);
                toggle(fixture, present, word);
            }
            for (int i = 0; i < WORDS.size(); i++) {
                String word = WORDS.get(i);
                String what = "seed " + seed + ": \"" + word + "\" after changes of " + changed + " in " + before;
                if (changed.contains(word)) {
                    assertThat(keys.get(i).isClosed()).as(what).isTrue();
                } else if (before.contains(word)) {
                    assertThat(keys.get(i).isClosed()).as(what).isFalse();
                }
                if (changed.stream().anyMatch(other -> other.startsWith(word))) {
                    assertThat(prefixes.get(i).isClosed()).as("prefix, " + what).isTrue();
                }
            }
        }
    }

    @Test
    void promise_A18_everyNumber_whateverWasThereBefore() {
        LongIndex<Memo> size = Index.uniqueLong("size", Memo::size);
        List<Integer> numbers = List.of(
                0,
                1,
                2,
                63,
                64,
                65,
                127,
                128,
                4095,
                4096,
                4097,
                1 << 18,
                (1 << 18) + 1,
                Integer.MAX_VALUE,
                -1,
                -64,
                -65,
                -4096,
                Integer.MIN_VALUE);
        for (long seed = 0; seed < 1000; seed++) {
            Random random = new Random(seed);
            Fixture fixture = new Fixture();
            RWTable<Memo> table = fixture.db.create(TableSpec.of("numbers", Memo.class, size));
            Set<Integer> present = new HashSet<>();
            for (int i = random.nextInt(25); i >= 0; i--) {
                toggle(fixture, table, size, present, any(numbers, random));
            }
            ReadTxn txn = fixture.db.readTxn();
            List<Watch> watches = numbers.stream()
                    .map(number -> table.watch(txn, size.query(number)))
                    .toList();
            Set<Integer> before = Set.copyOf(present);
            Set<Integer> changed = new HashSet<>();
            for (int i = random.nextInt(3); i >= 0; i--) {
                int number = any(numbers, random);
                changed.add(number);
                toggle(fixture, table, size, present, number);
            }
            for (int i = 0; i < numbers.size(); i++) {
                int number = numbers.get(i);
                String what = "seed " + seed + ": " + number + " after changes of " + changed + " in " + before;
                if (changed.contains(number)) {
                    assertThat(watches.get(i).isClosed()).as(what).isTrue();
                } else if (before.contains(number)) {
                    assertThat(watches.get(i).isClosed()).as(what).isFalse();
                }
            }
        }
    }

    @Test
    void promise_A18_nearNeighboursAreFew() {
        IntFunction<String> name = i -> Integer.toHexString(i * 0x9E3779B1); // spread
        f.db.write(f.memos, txn -> {
            for (int i = 0; i < 20_000; i++) {
                f.memos.insert(txn, Memo.of(name.apply(i)));
            }
            return true;
        });
        ReadTxn txn = f.db.readTxn();
        List<Watch> present = new ArrayList<>();
        List<Watch> absent = new ArrayList<>();
        List<Watch> prefixes = new ArrayList<>();
        for (int i = 0; i < 10_000; i++) {
            present.add(f.memos.watch(txn, Memo.NAME.query(name.apply(i))));
            absent.add(f.memos.watch(txn, Memo.NAME.query(name.apply(100_000 + i))));
            prefixes.add(f.memos.watch(
                    txn,
                    Memo.NAME.prefix(
                            name.apply(i).substring(0, Math.min(4, name.apply(i).length())))));
        }
        for (int i = 0; i < 20; i++) {
            f.insert(name.apply(50_000 + i)); // new
            f.delete(name.apply(15_000 + i)); // old, and watched by nobody
        }
        assertThat(closed(present)).isZero();
        // 40 commits, each of which changes a node of a few rows, and the ones above it.
        assertThat(closed(absent)).isLessThan(200);
        assertThat(closed(prefixes)).isBetween(1L, 200L);
    }

    @Test
    void promise_A18_aRowReplacedTwiceInOneTransaction_closesEveryTokenOfIt() {
        f.insert("a");
        Watch reader = f.memos.watch(f.db.readTxn(), Memo.NAME.query("a"));
        Watch first;
        Watch second;
        Watch third;
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            Inserted<Memo> one = f.memos.insertWatch(txn, Memo.of("a").withSize(1));
            first = one.watch();
            second = f.memos.watch(txn, Memo.NAME.query("a"));
            Inserted<Memo> two = f.memos.insertWatch(txn, Memo.of("a").withSize(2));
            assertThat(two.replaced()).isSameAs(one.row());
            third = two.watch();
            assertThat(List.of(reader, first, second, third)).noneMatch(Watch::isClosed);
            txn.commit();
        }
        assertThat(List.of(reader, first, second)).allMatch(Watch::isClosed);
        assertThat(third.isClosed()).isFalse();
        f.delete("a");
        assertThat(third.isClosed()).isTrue();
    }

    @Test
    void promise_A18_aRowReplacedAndDeletedInOneTransaction_closesEveryTokenOfIt() {
        Watch absent = f.memos.watch(f.db.readTxn(), Memo.NAME.query("a"));
        List<Watch> own = new ArrayList<>();
        try (WriteTxn txn = f.db.writeTxn(f.memos)) {
            for (int i = 0; i < 3; i++) {
                own.add(f.memos.insertWatch(txn, Memo.of("a", "t").withSize(i)).watch());
                own.add(f.memos.watch(txn, Memo.TAG.query("t")));
            }
            f.memos.delete(txn, Memo.of("a"));
            own.add(f.memos.watch(txn, Memo.NAME.query("a")));
            f.memos.insert(txn, Memo.of("a"));
            f.memos.deleteAll(txn);
            txn.commit();
        }
        assertThat(own).allMatch(Watch::isClosed);
        assertThat(absent.isClosed()).isTrue(); // for a neighbour: itself, which came and went
    }

    @Test
    void promise_A18_holdingAnyWatch_pinsNoTreeAndNoRow() {
        RWTable<Memo> table = f.db.create(
                TableSpec.of("pending", Memo.class, Memo.NAME).index(Memo.TAG).index(Memo.SIZE), "load");
        f.db.write(table, txn -> table.insert(txn, Memo.of("a", "t")));
        ChangeIterator<Memo> changes = table.changes();
        List<Watch> held = new ArrayList<>();
        List<WeakReference<?>> old = watchAndLetGo(table, changes, held);
        f.db.write(table, txn -> {
            table.initializer("load").complete(txn);
            table.insert(txn, Memo.of("b", "t"));
            return table.insert(txn, Memo.of("a", "t"));
        });
        changes.next(f.db.readTxn()).forEach(change -> {});
        assertThat(held).hasSize(9).allMatch(Watch::isClosed);
        // The collector of garbage runs when it likes.
        Awaitility.await().atMost(Duration.ofSeconds(30)).until(() -> {
            System.gc();
            return old.stream().allMatch(reference -> reference.get() == null);
        });
        assertThat(held).allMatch(Watch::isClosed);
        changes.close();
    }

    private List<WeakReference<?>> watchAndLetGo(RWTable<Memo> table, ChangeIterator<Memo> changes, List<Watch> held) {
        ReadTxn txn = f.db.readTxn();
        held.add(table.watch(txn, Memo.NAME.query("a")));
        held.add(table.watch(txn, Memo.NAME.prefix("a")));
        held.add(table.watch(txn, Memo.TAG.query("t")));
        held.add(table.watch(txn, Memo.SIZE.query(0)));
        held.add(table.all(txn).watch());
        held.add(table.initializedWatch(txn));
        Changes<Memo> all = changes.next(txn);
        all.forEach(change -> {});
        held.add(all.watch());
        try (WriteTxn writing = f.db.writeTxn(table)) {
            held.add(table.watch(writing, Memo.NAME.query("a")));
            Inserted<Memo> inserted = table.insertWatch(writing, Memo.of("a", "t", "u"));
            held.add(inserted.watch());
            ReadTxn committed = writing.commit();
            return List.of(
                    new WeakReference<>(txn),
                    new WeakReference<>(committed),
                    new WeakReference<@Nullable Row<Memo>>(table.get(txn, Memo.NAME.query("a"))),
                    new WeakReference<>(inserted.row()),
                    new WeakReference<>(writing));
        }
    }

    private static void toggle(Fixture fixture, Set<String> present, String word) {
        if (present.remove(word)) {
            fixture.delete(word);
        } else {
            fixture.insert(word);
            present.add(word);
        }
    }

    private static void toggle(
            Fixture fixture, RWTable<Memo> table, LongIndex<Memo> size, Set<Integer> present, int number) {
        boolean there = present.remove(number);
        if (!there) {
            present.add(number);
        }
        fixture.db.write(
                table,
                txn -> there
                        ? table.delete(txn, size.query(number))
                        : table.insert(txn, Memo.of("").withSize(number)));
    }

    private static <V> V any(List<V> some, Random random) {
        return some.get(random.nextInt(some.size()));
    }

    private static long closed(List<Watch> watches) {
        return watches.stream().filter(Watch::isClosed).count();
    }

    private static List<String> words() {
        List<String> words = new ArrayList<>(List.of(""));
        for (int i = 0; words.get(i).length() < 3; i++) {
            words.add(words.get(i) + "a");
            words.add(words.get(i) + "b");
        }
        assertThat(Keys.STRING.encode("ab").length()).isEqualTo(2);
        return List.copyOf(words);
    }
}
