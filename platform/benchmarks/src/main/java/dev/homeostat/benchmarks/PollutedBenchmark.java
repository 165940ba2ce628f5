package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import java.util.Arrays;
import java.util.List;
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

/** Reads in a JVM that has used tables of every kind before, as that of a host has. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class PollutedBenchmark {
    private static final int SOME = 1000;

    private final Item[] some = Item.range(SOME);
    private final Item[] shuffled = Item.shuffled(some);
    private final List<Query<Item>> queries =
            Arrays.stream(shuffled).map(item -> Item.ID.query(item.id())).toList();
    private final Filled byId = Filled.with(Item.BY_ID, some);
    private final Filled byName = Filled.with(Item.BY_NAME, some);

    /** Uses tables of every kind. */
    @Setup
    public void pollute(Blackhole sink) {
        Pollution.spread(sink);
    }

    /** A thousand rows by number, in random order. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void randomLookup_polluted(Blackhole sink) {
        ReadTxn txn = byId.db().readTxn();
        for (Item item : shuffled) {
            sink.consume(byId.table().get(txn, Item.ID.query(item.id())));
        }
    }

    /** The same by prebuilt queries. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void randomLookup_prebuilt_polluted(Blackhole sink) {
        ReadTxn txn = byId.db().readTxn();
        for (Query<Item> query : queries) {
            sink.consume(byId.table().get(txn, query));
        }
    }

    /** A thousand rows by prebuilt queries of text, in random order. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void randomLookup_bytes_polluted(Names names, Blackhole sink) {
        ReadTxn txn = byName.db().readTxn();
        for (Query<Item> query : names.queries) {
            sink.consume(byName.table().get(txn, query));
        }
    }

    /** All of a thousand rows. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void fullIteration_all_polluted(Blackhole sink) {
        for (Row<Item> row : byId.table().all(byId.db().readTxn())) {
            sink.consume(row);
        }
    }
}
