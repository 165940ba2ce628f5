package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.benchmarks.Delays;
import dev.homeostat.benchmarks.Item;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes from the begin of a commit until the operation on the changed row begins. The score is the time of all rounds with their preparations and
 * says nothing; the delay's percentiles are beside it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(1)
public class StartDelayBenchmark {
    private static final int ROUNDS = 2000;
    private static final int ROWS = 100_000;

    /** Nothing else happens. */
    @Benchmark
    public void startDelay_idle(Delays delays) throws Exception {
        measure(Options.defaults().withoutPruning(), 1, delays);
    }

    /** A hundred thousand rows are refreshed, over and over, as fast as it goes. */
    @Benchmark
    public void startDelay_refreshing(Delays delays) throws Exception {
        measure(
                Options.defaults().withoutPruning().rounds(1000, 1e9).refreshing(Duration.ofMillis(1), 1e9),
                ROWS,
                delays);
    }

    private static void measure(Options options, int rows, Delays delays) throws Exception {
        Stopwatch operations = new Stopwatch(rows);
        try (Reconciling<Item> reconciling = Reconciling.start(Workload.beside(Item.BY_ID, operations), options)) {
            reconciling.insert(0, rows);
            reconciling.awaitDone(rows);
            long[] nanos = new long[ROUNDS];
            for (int round = 0; round < ROUNDS; round++) {
                TimeUnit.MILLISECONDS.sleep(1);
                long begin = System.nanoTime();
                reconciling.insert(rows, rows + 1L);
                nanos[round] = operations.awaitBegin() - begin;
            }
            delays.of(nanos);
        }
    }
}
