package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.reconcile.Options;
import dev.homeostat.benchmarks.LiveHeap;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * A million rows, inserted in transactions of a thousand while a reconciler works on them, until all are done. The score is the time with all preparations and
 * says nothing; what is measured is beside it.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class ReconcileMillionBenchmark {
    /** Where the statuses are. */
    @Param({"beside", "row"})
    public String status = "";

    /** How operations are called. */
    @Param({"single", "batch"})
    public String operations = "";

    /** Whether the table has a second index, of tags. */
    @Param({"none", "tags"})
    public String index = "";

    /** How many rounds of a thousand rows may begin in a second. */
    @Param({"1000/s", "unlimited"})
    public String rounds = "";

    /** From the first insert until the last row is done. */
    @Benchmark
    public void reconcile_million(Pace pace) throws Exception {
        double rate = rounds.equals("unlimited") ? 1e9 : 1000;
        Options options = Options.defaults().withoutPruning().rounds(1000, rate);
        pace.of(Workload.of(status, operations, index), options);
    }

    /** How fast it was, and what it keeps. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Pace {
        private static final int MILLION = 1_000_000;
        private static final int STEP = 1000;
        private static final double MEGABYTE = 1 << 20;

        /** Rows done in a second. */
        public double rowsPerSecond;

        /** What lives in the heap at the end, the rows themselves included, in 2²⁰ bytes. */
        public double liveMegabytes;

        void of(Workload<?> workload, Options options) throws Exception {
            long before = LiveHeap.bytes();
            try (Reconciling<?> reconciling = Reconciling.start(workload, options)) {
                long begin = System.nanoTime();
                for (int from = 0; from < MILLION; from += STEP) {
                    reconciling.insert(from, from + STEP);
                }
                reconciling.awaitDone(MILLION);
                rowsPerSecond = MILLION * 1e9 / (System.nanoTime() - begin);
                liveMegabytes = (LiveHeap.bytes() - before) / MEGABYTE;
            }
        }
    }
}
