package dev.homeostat.statedb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.KeyInput;
import dev.homeostat.api.db.KeyOutput;
import dev.homeostat.api.db.KeyType;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.RowFunctionException;
import dev.homeostat.api.db.RowStatuses;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.testing.Memo;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import java.util.function.BinaryOperator;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What a table was given, its index functions, key types and merges, may throw: the database stays as it was, and the error says whose fault it is. */
final class FunctionsOfOthersTest {
    private static final Memo OLD =
            new Memo("old", 1, "al", List.of("t", "u")); // stored before the functions begin to throw
    private static final Memo NEW = new Memo("new", 2, "bo", List.of("t", "v"));

    private final IllegalStateException fault = new IllegalStateException("unlucky");
    private final Fixture f = new Fixture();
    private boolean broken;

    private static final Index<Memo, Long> SERIAL = Index.uniqueLong("serial", Memo::size);
    private final Index<Memo, String> name = Index.unique("name", Keys.STRING, memo -> check(memo.name()));
    private final Index<Memo, Long> number = Index.uniqueLong("number", memo -> check(memo.size()));
    private final Index<Memo, String> alias =
            Index.<Memo, String>unique("alias", Keys.STRING, memo -> check(memo.name() + "!"));
    private final Index<Memo, String> tag = Index.multi("tag", Keys.STRING, memo -> check(memo.tags()));
    private final Index<Memo, String> half = Index.multi("half", Keys.STRING, this::halfway);
    private final Index<Memo, Long> size = Index.nonUniqueLong("size", memo -> check(memo.size()));
    private final Index<Memo, String> type =
            Index.nonUnique("type", new FragileType(), memo -> memo.name() + memo.size());

    @Test
    void promise_A14_anyIndexFunctionThatThrows_leavesNoTrace_andIsNamed() {
        everyWriteFails(TableSpec.of("primary", Memo.class, name).index(Memo.TAG), name, false);
        everyWriteFails(TableSpec.of("numbers", Memo.class, number).index(Memo.TAG), number, false);
        for (Index<Memo, ?> index : List.of(alias, tag, half, size, type)) {
            everyWriteFails(
                    TableSpec.of("second-" + index.name(), Memo.class, Memo.NAME)
                            .index(SERIAL)
                            .index(index),
                    index,
                    true);
        }
    }

    private void everyWriteFails(TableSpec<Memo> spec, Index<Memo, ?> index, boolean secondary) {
        RWTable<Memo> table = f.db.create(spec);
        f.db.write(table, txn -> table.insert(txn, OLD));
        Map<String, BiConsumer<WriteTxn, Memo>> writes = Map.of(
                "insert", table::insert,
                "replace", (txn, memo) -> table.replace(txn, OLD.withSize(OLD.size())),
                "apply", table::apply,
                "modify", (txn, memo) -> table.modify(txn, memo, (stored, given) -> given),
                "compareAndSwap", (txn, memo) -> table.compareAndSwap(txn, 0, memo),
                "delete", (txn, memo) -> table.delete(txn, OLD),
                "compareAndDelete", (txn, memo) -> table.compareAndDelete(txn, 1, OLD),
                "deleteAll", (txn, memo) -> table.deleteAll(txn));
        try (ChangeIterator<Memo> changes = table.changes()) {
            changes.next(f.db.readTxn()).forEach(change -> {});
            writes.forEach((what, write) -> {
                if (what.equals("deleteAll") && !secondary) {
                    return; // the primary keys of stored rows are not computed again
                }
                ReadTxn before = f.db.readTxn();
                String print = print(table, before);
                List<Watch> watches = watches(table, before);
                try (WriteTxn txn = f.db.writeTxn(table)) {
                    broken = true;
                    assertThatThrownBy(() -> write.accept(txn, NEW))
                            .as(what)
                            .isInstanceOf(RowFunctionException.class)
                            .hasCause(fault)
                            .hasMessageStartingWith("table \"" + spec.name() + "\": index \"" + index.name() + "\"")
                            .hasMessageContaining(Memo.class.getName())
                            .hasMessageContaining("unlucky");
                    broken = false;
                    assertThat(print(table, txn)).as(what).isEqualTo(print);
                    txn.commit();
                }
                assertThat(print(table, f.db.readTxn())).isEqualTo(print);
                assertThat(watches).noneMatch(Watch::isClosed);
                assertThat(changes.next(f.db.readTxn()).iterator().hasNext()).isFalse();
                // The same transaction may go on after the failure.
                f.db.write(table, txn -> {
                    broken = true;
                    assertThatThrownBy(() -> write.accept(txn, NEW)).isInstanceOf(RowFunctionException.class);
                    broken = false;
                    assertThat(table.insert(txn, NEW)).isNull();
                    return table.delete(txn, NEW);
                });
                changes.next(f.db.readTxn()).forEach(change -> {});
            });
        }
        assertThat(table.all(f.db.readTxn()).values()).containsExactly(OLD);
    }

    @Test
    void promise_A16_anIndexFunctionThatThrowsInAQuery_isNamed() {
        RWTable<Memo> table =
                f.db.create(TableSpec.of("tags", Memo.class, Memo.NAME).index(tag));
        f.db.write(table, txn -> table.insert(txn, OLD));
        ReadTxn txn = f.db.readTxn();
        broken = true;
        assertThatThrownBy(() -> table.list(txn, tag.prefix("")).count())
                .isInstanceOf(RowFunctionException.class)
                .hasMessageContaining("index \"tag\"")
                .hasCause(fault);
        broken = false;
        assertThat(table.list(txn, tag.prefix("")).count()).isOne();
    }

    @Test
    void promise_A2_aKeyThatItsTypeRefuses_namesTableIndexAndRowType() {
        assertThatThrownBy(() -> f.insert(Memo.of("a").withAlias("half of \ud83d")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("table \"memos\": index \"alias\"")
                .hasMessageContaining(Memo.class.getName())
                .hasMessageContaining("surrogate");
        assertThatThrownBy(() -> f.insert(Memo.of("\ud83d")))
                .isInstanceOf(InvalidKeyException.class)
                .hasMessageContaining("table \"memos\": index \"name\"");
        assertThat(f.names()).isEmpty();
    }

    @Test
    void promise_A3_noKeysIsAnEmptyCollection_notNull() {
        Index<Memo, String> none = Index.multi("none", Keys.STRING, memo -> nothing());
        Index<Memo, String> hole = Index.multi("hole", Keys.STRING, memo -> Arrays.asList(memo.name(), nothing()));
        for (Index<Memo, String> index : List.of(none, hole)) {
            RWTable<Memo> table = f.db.create(
                    TableSpec.of(index.name(), Memo.class, Memo.NAME).index(index));
            assertThatThrownBy(() -> f.db.write(table, txn -> table.insert(txn, OLD)))
                    .isInstanceOf(InvalidKeyException.class)
                    .hasMessageContaining("table \"" + index.name() + "\": index \"" + index.name() + "\"")
                    .hasMessageContaining("null");
            assertThat(table.count(f.db.readTxn())).isZero();
        }
    }

    @Test
    void promise_A14_aMergeThatThrows_leavesNoTrace_andIsNamed() {
        f.insert(OLD);
        ReadTxn before = f.db.readTxn();
        List<Watch> watches = watches(f.memos, before);
        List<BinaryOperator<Memo>> merges = List.of(
                (stored, given) -> {
                    throw fault;
                },
                (stored, given) -> nothing(),
                (stored, given) -> {
                    throw new AssertionError(fault);
                });
        f.db.write(f.memos, txn -> {
            for (BinaryOperator<Memo> merge : merges) {
                assertThatThrownBy(() -> f.memos.modify(txn, OLD, merge))
                        .isInstanceOf(RowFunctionException.class)
                        .hasMessageContaining("table \"memos\": the merge function given to modify")
                        .hasMessageContaining(Memo.class.getName())
                        .cause()
                        .isNotNull();
                assertThat(print(f.memos, txn)).isEqualTo(print(f.memos, before));
            }
            return true;
        });
        assertThat(f.db.readTxn()).isSameAs(before);
        assertThat(watches).noneMatch(Watch::isClosed);
    }

    @Test
    void promise_A33_aComparisonOrStatusesThatThrow_leaveNoTrace_andAreNamed() {
        TableSpec<Memo> compared = TableSpec.of("compared", Memo.class, Memo.NAME)
                .index(Memo.TAG)
                .sameDesired((desired, stored) -> check(desired.equals(stored)));
        TableSpec<Memo> carrying =
                TableSpec.of("carrying", Memo.class, Memo.NAME).index(Memo.TAG).statuses(new FragileStatuses());
        for (TableSpec<Memo> spec : List.of(compared, carrying)) {
            RWTable<Memo> table = f.db.create(spec);
            f.db.write(table, txn -> table.insert(txn, OLD));
            ReadTxn before = f.db.readTxn();
            broken = true;
            try (WriteTxn txn = f.db.writeTxn(table)) {
                assertThatThrownBy(() -> table.apply(txn, OLD.withSize(9)))
                        .isInstanceOf(RowFunctionException.class)
                        .hasMessageContaining("table \"" + spec.name() + "\"")
                        .hasMessageContaining("the comparison")
                        .hasCause(fault);
                txn.commit();
            }
            broken = false;
            assertThat(f.db.readTxn()).isSameAs(before);
        }
        RWTable<Memo> table =
                f.db.create(TableSpec.of("pending", Memo.class, Memo.NAME).statuses(new FragileStatuses()));
        broken = true;
        assertThatThrownBy(() -> f.db.write(table, txn -> table.apply(txn, NEW)))
                .isInstanceOf(RowFunctionException.class)
                .hasMessageContaining("pending() of the statuses")
                .hasCause(fault);
        assertThat(table.count(f.db.readTxn())).isZero();
    }

    @Test
    void promise_A14_deleteAll_asksForEachKeyOnce_soThatNoFunctionCanFailInTheMiddle() {
        AtomicInteger calls = new AtomicInteger();
        Index<Memo, String> counted = Index.nonUnique("counted", Keys.STRING, memo -> {
            calls.incrementAndGet();
            return memo.name();
        });
        RWTable<Memo> table =
                f.db.create(TableSpec.of("counted", Memo.class, Memo.NAME).index(counted));
        f.db.write(table, txn -> {
            table.insert(txn, OLD);
            return table.insert(txn, NEW);
        });
        calls.set(0);

        assertThat(f.db.<Memo, Long>write(table, table::deleteAll)).isEqualTo(2);

        assertThat(calls).hasValue(2);
        assertThat(table.list(f.db.readTxn(), counted.prefix("")).count()).isZero();
    }

    @Test
    void promise_A14_aMergeThatWritesToTheTable_isRefused() {
        f.insert(OLD);
        for (Memo inner : List.of(OLD.withSize(7), NEW)) {
            try (WriteTxn txn = f.db.writeTxn(f.memos)) {
                assertThatThrownBy(() -> f.memos.modify(txn, OLD.withSize(5), (stored, given) -> {
                            f.memos.insert(txn, inner);
                            return given;
                        }))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("table \"memos\"")
                        .hasMessageContaining("merge");
                // What the merge wrote by itself is there, whole.
                assertThat(f.memos.get(txn, Memo.NAME.query(inner.name()))).isNotNull();
                assertThat(f.memos.byRevision(txn, 0).count()).isEqualTo(f.memos.count(txn));
            }
        }
        assertThat(f.memos.all(f.db.readTxn()).values()).containsExactly(OLD);
    }

    @Test
    void promise_A14_aMergeThatEndsTheTransaction_isRefused() {
        f.insert(OLD);
        for (Consumer<WriteTxn> end : List.<Consumer<WriteTxn>>of(WriteTxn::commit, WriteTxn::abort)) {
            try (WriteTxn txn = f.db.writeTxn(f.memos)) {
                assertThatThrownBy(() -> f.memos.modify(txn, OLD.withSize(5), (stored, given) -> {
                            end.accept(txn);
                            return given;
                        }))
                        .isInstanceOf(IllegalStateException.class);
            }
        }
        assertThat(f.memos.all(f.db.readTxn()).values()).containsExactly(OLD);
        f.insert(NEW);
    }

    @Test
    void promise_A14_anIndexFunctionThatEndsTheTransaction_writesNothingIntoWhatIsPublished() {
        List<WriteTxn> once = new ArrayList<>();
        Index<Memo, String> ending = Index.nonUnique("ending", Keys.STRING, memo -> {
            List.copyOf(once).forEach(WriteTxn::commit);
            once.clear();
            return memo.name();
        });
        RWTable<Memo> table =
                f.db.create(TableSpec.of("ended", Memo.class, Memo.NAME).index(ending));
        for (BiConsumer<WriteTxn, Memo> write : List.<BiConsumer<WriteTxn, Memo>>of(
                table::insert, (txn, memo) -> table.delete(txn, OLD), (txn, memo) -> table.deleteAll(txn))) {
            try (WriteTxn txn = f.db.writeTxn(table)) {
                table.insert(txn, OLD);
                once.add(txn);
                assertThatThrownBy(() -> write.accept(txn, NEW))
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("table \"ended\"");
            }
            assertThat(table.all(f.db.readTxn()).values()).containsExactly(OLD);
            assertThat(table.list(f.db.readTxn(), ending.prefix("")).values()).containsExactly(OLD);
        }
    }

    @Test
    void promise_A14_anIndexFunctionThatWritesToTheTable_isRefused() {
        List<Runnable> once = new ArrayList<>();
        Index<Memo, String> meddling = Index.nonUnique("meddling", Keys.STRING, memo -> {
            List<Runnable> now = List.copyOf(once);
            once.clear();
            now.forEach(Runnable::run);
            return memo.name();
        });
        RWTable<Memo> table =
                f.db.create(TableSpec.of("meddled", Memo.class, Memo.NAME).index(meddling));
        f.db.write(table, txn -> table.insert(txn, OLD));
        try (WriteTxn txn = f.db.writeTxn(table)) {
            for (Runnable write : List.<Runnable>of(
                    () -> table.insert(txn, NEW), () -> table.delete(txn, OLD), () -> table.deleteAll(txn))) {
                once.add(() -> table.insert(txn, Memo.of("meddler")));
                assertThatThrownBy(write::run)
                        .isInstanceOf(IllegalStateException.class)
                        .hasMessageContaining("table \"meddled\"")
                        .hasMessageContaining("index function");
                assertThat(table.all(txn).values()).containsExactly(Memo.of("meddler"), OLD);
                assertThat(table.byRevision(txn, 0).count()).isEqualTo(2);
            }
        }
        assertThat(table.all(f.db.readTxn()).values()).containsExactly(OLD);
    }

    @Test
    void promise_A14_anErrorOfTheVirtualMachine_passesAsItIs_andLeavesNoTrace() {
        Index<Memo, String> endless = Index.nonUnique("endless", Keys.STRING, FunctionsOfOthersTest::endless);
        RWTable<Memo> table =
                f.db.create(TableSpec.of("endless", Memo.class, Memo.NAME).index(endless));
        ReadTxn before = f.db.readTxn();
        f.db.write(table, txn -> {
            assertThatThrownBy(() -> table.insert(txn, OLD)).isInstanceOf(StackOverflowError.class);
            assertThat(table.count(txn)).isZero();
            return true;
        });
        assertThat(f.db.readTxn()).isSameAs(before);
    }

    @Test
    void rowFunctionException_ofACauseThatThrowsWhenAsked_isStillOne() {
        RuntimeException rude = new RuntimeException() {
            private static final long serialVersionUID = 1L;

            @Override
            public String getMessage() {
                throw new IllegalStateException("no message for you");
            }
        };
        assertThat(new RowFunctionException("t", "index \"i\": its function", Memo.class, rude))
                .hasMessageContaining(rude.getClass().getName());
    }

    private <V> V check(V key) {
        if (broken) {
            throw fault;
        }
        return key;
    }

    private List<Watch> watches(RWTable<Memo> table, ReadTxn txn) {
        List<Watch> watches = new ArrayList<>();
        for (Query<Memo> query : queries(table)) {
            watches.add(table.watch(txn, query));
        }
        watches.add(table.all(txn).watch());
        return watches;
    }

    private static String print(RWTable<Memo> table, ReadTxn txn) {
        StringBuilder print = new StringBuilder();
        for (Query<Memo> query : queries(table)) {
            print.append(table.list(txn, query).stream().toList()).append('\n');
        }
        return print.append(table.all(txn).stream().toList())
                .append(table.byRevision(txn, 0).stream().toList())
                .append(table.count(txn))
                .append(' ')
                .append(table.revision(txn))
                .toString();
    }

    private static List<Query<Memo>> queries(RWTable<Memo> table) {
        List<Query<Memo>> queries = new ArrayList<>();
        for (Index<Memo, ?> index : table.spec().indexes()) {
            for (Memo memo : List.of(OLD, NEW)) {
                index.keys(memo).forEach(key -> queries.add(exact(index, key)));
            }
        }
        return queries;
    }

    @SuppressWarnings("unchecked") // a key of that index
    private static <K> Query<Memo> exact(Index<Memo, K> index, Object key) {
        return index.query((K) key);
    }

    @SuppressWarnings({"NullAway", "TypeParameterUnusedInFormals"}) // that is the fault
    private static <V> V nothing() {
        return null;
    }

    @SuppressWarnings("InfiniteRecursion") // that is the fault
    private static String endless(Memo memo) {
        return endless(memo) + "!";
    }

    /** Gives one key, and then throws. */
    private Iterable<String> halfway(Memo memo) {
        Iterator<String> keys = memo.tags().iterator();
        return () -> new Iterator<>() {
            private int given;

            @Override
            public boolean hasNext() {
                return keys.hasNext();
            }

            @Override
            public String next() {
                return given++ == 0 ? keys.next() : check(keys.next());
            }
        };
    }

    private final class FragileStatuses implements RowStatuses<Memo> {
        @Override
        public Memo copied(Memo desired, Memo stored) {
            return check(desired);
        }

        @Override
        public Memo pending(Memo desired) {
            return check(desired);
        }
    }

    private final class FragileType extends KeyType<String> {
        @Override
        protected void write(String value, KeyOutput out) {
            out.writeBytes(check(value).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected String read(KeyInput in) {
            return new String(in.readRemaining(), StandardCharsets.UTF_8);
        }

        @Override
        public String format(@Nullable String value) {
            return String.valueOf(value);
        }

        @Override
        public String parse(String text) {
            return text;
        }
    }
}
