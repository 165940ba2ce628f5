package dev.homeostat.benchmarks.alternatives;

import dev.homeostat.benchmarks.HeapUse;
import dev.homeostat.benchmarks.Item;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;
import org.openjdk.jmh.infra.Blackhole;

/** The workloads that a map can do as well, under the names that they have for tables. A JVM runs them for one kind of map only. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public abstract class AlternativeBenchmark {
    private static final int SOME = 1000;
    private static final int MANY = 100_000;
    private static final int MILLION = 1_000_000;

    private final Item[] some = Item.range(SOME);
    private final Item[] someOthers = Item.range(SOME, "other");
    private final Item[] shuffled = Item.shuffled(some);
    private final Subject small = filled(some);
    private boolean others;
    private @Nullable Subject large;
    private @Nullable Million million;

    /** An empty map. */
    abstract Subject empty();

    /** A snapshot of a thousand rows. */
    @Benchmark
    public Object newReadTxn() {
        return small.snapshot();
    }

    /** A thousand rows in random order. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public void randomLookup(Blackhole sink) {
        for (Item item : shuffled) {
            sink.consume(small.get(item.id()));
        }
    }

    /** All of a hundred thousand rows. */
    @Benchmark
    @OperationsPerInvocation(MANY)
    public void fullIteration_all(Blackhole sink) {
        if (large == null) {
            large = filled(Item.range(MANY));
        }
        large.forEach(sink);
    }

    /** A thousand shuffled rows into an empty map. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public Object randomInsert() {
        return filled(shuffled);
    }

    /** A thousand rows, replaced in order by other ones: some maps do nothing for equal ones. */
    @Benchmark
    @OperationsPerInvocation(SOME)
    public Object writeTxn_1000() {
        others = !others;
        small.put(others ? someOthers : some, 0, SOME);
        return small;
    }

    /** A million rows into an empty map, in steps of a thousand. */
    @Benchmark
    @OperationsPerInvocation(MILLION)
    public Object million_insert() {
        return filled(million().items);
    }

    /** Replaces a million rows in random order by other ones, in steps of a thousand. */
    @Benchmark
    @OperationsPerInvocation(MILLION)
    public Object million_replace() {
        Million rows = million();
        others = !others;
        return putAll(rows.filled, others ? rows.shuffledOthers : rows.shuffled);
    }

    /** The memory that a million rows take beside the rows. */
    @Benchmark
    @BenchmarkMode(Mode.SingleShotTime)
    @OutputTimeUnit(TimeUnit.MILLISECONDS)
    @Warmup(iterations = 1)
    @Measurement(iterations = 3)
    @Fork(1)
    public void memory_long(HeapUse heap, Blackhole sink) {
        Item[] items = million().items;
        heap.begin();
        Subject filled = filled(items);
        heap.end(items.length);
        sink.consume(filled);
    }

    private Million million() {
        if (million == null) {
            Item[] items = Item.range(MILLION);
            million = new Million(
                    items, Item.shuffled(items), Item.shuffled(Item.range(MILLION, "other")), filled(items));
        }
        return million;
    }

    private Subject filled(Item[] items) {
        return putAll(empty(), items);
    }

    private static Subject putAll(Subject subject, Item[] items) {
        for (int from = 0; from < items.length; from += SOME) {
            subject.put(items, from, from + SOME);
        }
        return subject;
    }

    /** A million rows, made where they are needed. */
    private static final class Million {
        private final Item[] items;
        private final Item[] shuffled;
        private final Item[] shuffledOthers;
        private final Subject filled;

        Million(Item[] items, Item[] shuffled, Item[] shuffledOthers, Subject filled) {
            this.items = items;
            this.shuffled = shuffled;
            this.shuffledOthers = shuffledOthers;
            this.filled = filled;
        }
    }
}
