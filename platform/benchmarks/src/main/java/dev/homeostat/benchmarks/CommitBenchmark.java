package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a commit costs beside its writes, and how long a change takes to a reader. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class CommitBenchmark {
    private final Filled one = Filled.with(Item.BY_ID, Item.range(1));
    private final Item item = Item.range(1)[0];
    private final Database hundred = StateDatabase.create();
    private final RWTable<Item> first;

    /** Makes a hundred tables. */
    public CommitBenchmark() {
        first = hundred.create(Item.BY_ID);
        for (int i = 1; i < 100; i++) {
            hundred.create(TableSpec.of("table" + i, Item.class, Item.ID));
        }
    }

    /** Locks the only table and commits nothing. */
    @Benchmark
    public ReadTxn commitOnly_1table() {
        return commit(one.db(), one.table());
    }

    /** Locks one of a hundred tables and commits nothing. */
    @Benchmark
    public ReadTxn commitOnly_100tables() {
        return commit(hundred, first);
    }

    /** A commit that closes a watch, and the look-up of the new row, on one thread. */
    @Benchmark
    public @Nullable Row<Item> propagationDelay() {
        var query = Item.ID.query(0L);
        Watch watch = one.table().watch(one.db().readTxn(), query);
        try (WriteTxn txn = one.db().writeTxn(one.table())) {
            one.table().insert(txn, item);
            txn.commit();
        }
        if (!watch.isClosed()) {
            throw new AssertionError("the watch is open after the commit");
        }
        return one.table().get(one.db().readTxn(), query);
    }

    private static ReadTxn commit(Database db, RWTable<Item> table) {
        try (WriteTxn txn = db.writeTxn(table)) {
            return txn.commit();
        }
    }
}
