package dev.homeostat.benchmarks.growth;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.benchmarks.Filled;
import dev.homeostat.benchmarks.Item;
import java.util.ArrayList;
import java.util.List;
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

/** A table that one to sixteen change iterators follow. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IteratorGrowthBenchmark {
    private static final int BATCH = 100;

    /** The number of change iterators. */
    @Param({"1", "2", "4", "8", "16"})
    public int iterators;

    private final Item[] items = Item.range(BATCH);
    private final Filled filled = Filled.with(Item.BY_ID);
    private final List<ChangeIterator<Item>> followers = new ArrayList<>();

    /** Opens the iterators. */
    @Setup
    public void follow() {
        for (int i = 0; i < iterators; i++) {
            followers.add(filled.table().changes());
        }
    }

    /** Inserts a hundred rows; nobody looks. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public ReadTxn growth_iterators_write() {
        filled.insertAll(items);
        return filled.db().readTxn();
    }

    /** Inserts a hundred rows, all iterators observe them, deletes them, all observe that. */
    @Benchmark
    @OperationsPerInvocation(BATCH)
    public void growth_iterators_observe(Blackhole sink) {
        filled.insertAll(items);
        observe(sink);
        try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
            filled.table().deleteAll(txn);
            txn.commit();
        }
        observe(sink);
    }

    private void observe(Blackhole sink) {
        for (ChangeIterator<Item> follower : followers) {
            for (Change<Item> change : follower.next(filled.db().readTxn())) {
                sink.consume(change);
            }
        }
    }
}
