package dev.homeostat.benchmarks;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.WriteTxn;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Transactions of one to a thousand inserts. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WriteBenchmark {
    private final Filled plain = Filled.with(Item.BY_ID);
    private final Filled tagged = Filled.with(Item.BY_ID_AND_TAG);
    private final Filled replaced = Filled.with(Item.BY_ID_AND_TAG);
    private final Item[] items = Item.range(1000);
    private final Item[] oneTag = Item.range(100, "tag");
    private final Item[] twoTags = Item.shuffled(Item.range(1000, "odd", "even"));
    private final Item[] shuffled = Item.shuffled(items);

    /** Fills the table whose rows are replaced. */
    @Setup
    public void fill() {
        replaced.insertAll(twoTags);
    }

    /** One insert a transaction, of the same id. */
    @Benchmark
    public ReadTxn writeTxn_1() {
        return write(plain, items, 1);
    }

    /** Ten inserts a transaction. */
    @Benchmark
    @OperationsPerInvocation(10)
    public ReadTxn writeTxn_10() {
        return write(plain, items, 10);
    }

    /** A hundred inserts a transaction. */
    @Benchmark
    @OperationsPerInvocation(100)
    public ReadTxn writeTxn_100() {
        return write(plain, items, 100);
    }

    /** A thousand inserts a transaction. */
    @Benchmark
    @OperationsPerInvocation(1000)
    public ReadTxn writeTxn_1000() {
        return write(plain, items, 1000);
    }

    /** A hundred inserts a transaction, with an index of tags. */
    @Benchmark
    @OperationsPerInvocation(100)
    public ReadTxn writeTxn_100_secondary() {
        return write(tagged, oneTag, 100);
    }

    /** A thousand shuffled inserts into an empty table. */
    @Benchmark
    @OperationsPerInvocation(1000)
    public ReadTxn randomInsert() {
        return write(Filled.with(Item.BY_ID), shuffled, 1000);
    }

    /** A thousand rows with two tags, replaced in shuffled order. */
    @Benchmark
    @OperationsPerInvocation(1000)
    public ReadTxn randomReplace() {
        try (WriteTxn txn = replaced.db().writeTxn(replaced.table())) {
            for (Item item : twoTags) {
                replaced.table().replace(txn, item);
            }
            return txn.commit();
        }
    }

    /** A thousand rows through modify. */
    @Benchmark
    @OperationsPerInvocation(1000)
    public ReadTxn modify() {
        try (WriteTxn txn = plain.db().writeTxn(plain.table())) {
            for (Item item : items) {
                plain.table().modify(txn, item, (stored, given) -> given);
            }
            return txn.commit();
        }
    }

    /** A thousand rows through get and insert. */
    @Benchmark
    @OperationsPerInvocation(1000)
    public ReadTxn getInsert() {
        try (WriteTxn txn = plain.db().writeTxn(plain.table())) {
            for (Item item : items) {
                @Nullable Row<Item> row = plain.table().get(txn, Item.ID.query(item.id()));
                plain.table().insert(txn, row == null ? item : row.value());
            }
            return txn.commit();
        }
    }

    private static ReadTxn write(Filled filled, Item[] items, int count) {
        try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
            for (int i = 0; i < count; i++) {
                filled.table().insert(txn, items[i]);
            }
            return txn.commit();
        }
    }
}
