package dev.homeostat.benchmarks;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Look-ups and iterations. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ReadBenchmark {
    private static final int MANY = 100_000;
    private static final int SOME = 1000;

    private final Item[] some = Item.range(SOME);
    private final Item[] shuffled = Item.shuffled(some);
    private final Filled byId = Filled.with(Item.BY_ID, some);
    private final Filled byName = Filled.with(Item.BY_NAME, some);
    private final Filled large = Filled.with(Item.BY_ID_AND_TAG);
    private final Item[] many = new Item[MANY];

    /** Fills the large table: a hundred tags of a thousand rows. */
    @Setup
    public void fill() {
        for (int i = 0; i < MANY; i++) {
            many[i] = new Item(i, Set.of("tag-" + i % 100));
        }
        large.insertAll(many);
    }

    /** A snapshot. */
    @Benchmark
    public ReadTxn newReadTxn() {
        return byId.db().readTxn();
    }

    /** A thousand rows by number, in random order. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void randomLookup(Blackhole sink) {
        ReadTxn txn = byId.db().readTxn();
        for (Item item : shuffled) {
            sink.consume(byId.table().get(txn, Item.ID.query(item.id())));
        }
    }

    /** A thousand rows by number, in order. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void sequentialLookup(Blackhole sink) {
        ReadTxn txn = byId.db().readTxn();
        for (Item item : some) {
            sink.consume(byId.table().get(txn, Item.ID.query(item.id())));
        }
    }

    /** A thousand rows by prebuilt queries of text, in random order. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void randomLookup_bytes(Names names, Blackhole sink) {
        ReadTxn txn = byName.db().readTxn();
        for (var query : names.queries) {
            sink.consume(byName.table().get(txn, query));
        }
    }

    /** All of a hundred thousand rows. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void fullIteration_all(Blackhole sink) {
        for (Row<Item> row : large.table().all(large.db().readTxn())) {
            sink.consume(row);
        }
    }

    /** Every one of a hundred thousand rows by its number. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void fullIteration_get(Blackhole sink) {
        ReadTxn txn = large.db().readTxn();
        for (long id = 0; id < MANY; id++) {
            sink.consume(large.table().get(txn, Item.ID.query(id)));
        }
    }

    /** A hundred thousand rows by their tags. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void fullIteration_secondary(Blackhole sink) {
        for (Row<Item> row : large.table().list(large.db().readTxn(), Item.TAG.lowerBound(""))) {
            sink.consume(row);
        }
    }

    /** Eleven thousand rows by a prefix that eleven of a hundred tags have. */
    @Benchmark
    @OperationsPerInvocation(11 * SOME)
    public void prefix_secondary(Blackhole sink) {
        for (Row<Item> row : large.table().list(large.db().readTxn(), Item.TAG.prefix("tag-1"))) {
            sink.consume(row);
        }
    }
}
