package dev.homeostat.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** A million rows, in transactions of a thousand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class MillionBenchmark {
    private static final int MILLION = 1_000_000;
    private static final int BATCH = 1000;

    private final Item[] items = Item.range(MILLION);
    private final Item[] shuffled = Item.shuffled(items);
    private final Filled filled = Filled.with(Item.BY_ID, items);

    /** Inserts a million rows into an empty table. */
    @Benchmark
    @OperationsPerInvocation(MILLION)
    public Object million_insert() {
        Filled empty = Filled.with(Item.BY_ID);
        empty.insertAll(items, BATCH);
        return empty;
    }

    /** Replaces a million rows in random order. */
    @Benchmark
    @OperationsPerInvocation(MILLION)
    public Object million_replace() {
        filled.insertAll(shuffled, BATCH);
        return filled;
    }
}
