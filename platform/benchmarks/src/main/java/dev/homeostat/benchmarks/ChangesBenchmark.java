package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.WriteTxn;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.infra.Blackhole;

/** Following a table. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ChangesBenchmark {
    private final Item[] items = Item.range(1000);
    private final Filled filled = Filled.with(Item.BY_ID);
    private final ChangeIterator<Item> changes = filled.table().changes();

    /** Inserts a thousand rows, observes them, deletes them, observes that. */
    @Benchmark
    @OperationsPerInvocation(1000)
    public void changes(Blackhole sink) {
        filled.insertAll(items);
        observe(sink);
        try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
            filled.table().deleteAll(txn);
            txn.commit();
        }
        observe(sink);
    }

    private void observe(Blackhole sink) {
        for (Change<Item> change : changes.next(filled.db().readTxn())) {
            sink.consume(change);
        }
    }
}
