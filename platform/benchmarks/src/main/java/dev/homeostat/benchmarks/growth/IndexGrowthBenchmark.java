package dev.homeostat.benchmarks.growth;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
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

/** A table with one to eight indexes: by number, and then by texts that twenty rows each have in common. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IndexGrowthBenchmark {
    private static final int ROWS = 1000;
    private static final int GROUPS = 50;

    /** The number of indexes, the primary one counted in. */
    @Param({"1", "2", "4", "8"})
    public int indexes;

    private final Item[] shuffled = Item.shuffled(Item.range(ROWS));
    private TableSpec<Item> spec = Item.BY_ID;
    private Filled filled = Filled.with(spec);

    /** Makes the table. */
    @Setup
    public void fill() {
        for (int i = 1; i < indexes; i++) {
            String[] texts = new String[GROUPS];
            for (int group = 0; group < GROUPS; group++) {
                texts[group] = "index-" + i + "-group-" + group;
            }
            int step = i;
            spec = spec.index(
                    Index.nonUnique("index" + i, Keys.STRING, item -> texts[(int) (item.id() * step % GROUPS)]));
        }
        filled = Filled.with(spec, shuffled);
    }

    /** A thousand rows into an empty table. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Filled growth_indexes_insert() {
        return Filled.with(spec, shuffled);
    }

    /** The same rows again, in one transaction. */
    @Benchmark
    @OperationsPerInvocation(ROWS)
    public Filled growth_indexes_replace() {
        filled.insertAll(shuffled);
        return filled;
    }
}
