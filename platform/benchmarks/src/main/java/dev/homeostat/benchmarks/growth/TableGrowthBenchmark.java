package dev.homeostat.benchmarks.growth;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.benchmarks.Item;
import dev.homeostat.statedb.StateDatabase;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A database of one to a hundred tables. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class TableGrowthBenchmark {
    /** The number of tables. */
    @Param({"1", "10", "100"})
    public int tables;

    private final Item item = Item.range(1)[0];
    private final List<RWTable<Item>> all = new ArrayList<>();
    private final Database database = StateDatabase.create();
    private RWTable<?>[] locked = {};
    private int next;

    /** Makes the tables. */
    @Setup
    public void create() {
        for (int i = 0; i < tables; i++) {
            all.add(database.create(TableSpec.of("table" + i, Item.class, Item.ID)));
        }
        locked = all.toArray(RWTable<?>[]::new);
    }

    /** Locks one table, each in turn, inserts one row, commits. */
    @Benchmark
    public ReadTxn growth_tables_one() {
        RWTable<Item> table = all.get(next);
        next = (next + 1) % tables;
        try (WriteTxn txn = database.writeTxn(table)) {
            table.insert(txn, item);
            return txn.commit();
        }
    }

    /** Locks all tables, inserts one row into each, commits. */
    @Benchmark
    public ReadTxn growth_tables_all() {
        try (WriteTxn txn = database.writeTxn(locked)) {
            for (RWTable<Item> table : all) {
                table.insert(txn, item);
            }
            return txn.commit();
        }
    }
}
