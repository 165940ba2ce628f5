package dev.homeostat.benchmarks.growth;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.benchmarks.Filled;
import dev.homeostat.benchmarks.Item;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** A table of a thousand to a million rows. Each invocation goes on where the last one ended, so that in the end all rows are met, in random order. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class RowGrowthBenchmark {
    private static final int BATCH = 1000;

    /** The number of rows. */
    @Param({"1000", "10000", "100000", "1000000"})
    public int rows;

    private Item[] shuffled = {};
    private Filled filled = Filled.with(Item.BY_ID);
    private int position;

    /** Fills the table. */
    @Setup
    public void fill() {
        Item[] items = Item.range(rows);
        shuffled = Item.shuffled(items);
        filled = Filled.with(Item.BY_ID);
        filled.insertAll(items, BATCH);
    }

    /** Look-ups by number. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void growth_rows_lookup(Blackhole sink) {
        ReadTxn txn = filled.db().readTxn();
        int from = nextBatch();
        for (int i = from; i < from + BATCH; i++) {
            sink.consume(filled.table().get(txn, Item.ID.query(shuffled[i].id())));
        }
    }

    /** One transaction that replaces a thousand rows. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public ReadTxn growth_rows_replace() {
        int from = nextBatch();
        try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
            for (int i = from; i < from + BATCH; i++) {
                filled.table().insert(txn, shuffled[i]);
            }
            return txn.commit();
        }
    }

    /** A thousand rows in order. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void growth_rows_iterate(Blackhole sink) {
        long from = nextBatch();
        for (Row<Item> row : filled.table().list(filled.db().readTxn(), Item.ID.range(from, from + BATCH))) {
            sink.consume(row);
        }
    }

    private int nextBatch() {
        int from = position;
        position = (from + BATCH) % rows;
        return from;
    }
}
