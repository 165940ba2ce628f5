package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WatchSet;
import dev.homeostat.api.db.WriteTxn;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Waiting on many watches, one of which a commit closes and which is then asked for anew. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class WatchSetBenchmark {
    private final Watched few = new Watched(16);
    private final Watched many = new Watched(1024);

    /** One of 16 watches closes. */
    @Benchmark
    public Set<Integer> watchSet_16() throws InterruptedException {
        return few.closeOne();
    }

    /** One of 1024 watches closes. */
    @Benchmark
    public Set<Integer> watchSet_1024() throws InterruptedException {
        return many.closeOne();
    }

    /** A table each row of which has a watch in one set. */
    private static final class Watched {
        private final Item[] items;
        private final Filled filled;
        private final WatchSet<Integer> set = new WatchSet<>();
        private int next;

        Watched(int count) {
            items = Item.range(count);
            filled = Filled.with(Item.BY_ID, items);
            for (int i = 0; i < count; i++) {
                set.add(i, watch(i));
            }
        }

        /** Commits a change of the next row, waits for its watch, and puts a new one in its place. */
        Set<Integer> closeOne() throws InterruptedException {
            int changed = next;
            next = (changed + 1) % items.length;
            try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
                filled.table().insert(txn, items[changed]);
                txn.commit();
            }
            Set<Integer> closed = set.awaitSettled(Duration.ZERO);
            if (!closed.contains(changed)) {
                throw new AssertionError("row " + changed + " was changed, but the watches that closed are " + closed);
            }
            for (int name : closed) {
                set.add(name, watch(name));
            }
            return closed;
        }

        private Watch watch(int id) {
            Query<Item> query = Item.ID.query(id);
            return filled.table().watch(filled.db().readTxn(), query);
        }
    }
}
