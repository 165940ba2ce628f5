package dev.homeostat.benchmarks.growth;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.benchmarks.Filled;
import dev.homeostat.benchmarks.Item;
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

/** A table of a hundred thousand rows, of which none to all have a watch with somebody who listens. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WatchGrowthBenchmark {
    private static final int ROWS = 100_000;

    /** The number of open watches. */
    @Param({"0", "100", "1000", "10000", "100000"})
    public int watches;

    private final Item[] items = Item.range(ROWS + 1);
    private final Item watchedByNobody = items[ROWS];
    private final Filled filled = Filled.with(Item.BY_ID, items);
    private final List<Watch> open = new ArrayList<>();
    private int next;
    private long closed;

    /** Opens the watches. */
    @Setup
    public void open() {
        for (int i = 0; i < watches; i++) {
            open.add(listen(items[i]));
        }
    }

    /** Commits a change of a row that nobody watches. */
    @Benchmark
    public ReadTxn growth_watches_others() {
        return replace(watchedByNobody);
    }

    /** Commits a change of the next row, whose watch, if it has one, closes and is asked for anew. */
    @Benchmark
    public long growth_watches_closing() {
        Item item = items[next];
        next = (next + 1) % Math.max(watches, 1);
        replace(item);
        if (watches > 0) {
            open.set((int) item.id(), listen(item));
        }
        return closed;
    }

    private Watch listen(Item item) {
        Watch watch = filled.table().watch(filled.db().readTxn(), Item.ID.query(item.id()));
        watch.onClose(this::countClosed);
        return watch;
    }

    private void countClosed() {
        closed++;
    }

    private ReadTxn replace(Item item) {
        try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
            filled.table().insert(txn, item);
            return txn.commit();
        }
    }
}
