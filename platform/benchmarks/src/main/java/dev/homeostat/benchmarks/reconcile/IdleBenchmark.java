package dev.homeostat.benchmarks.reconcile;

import com.sun.management.OperatingSystemMXBean;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.benchmarks.Item;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a reconciler costs while it waits. The score says nothing: the processor time is beside it, that of the whole JVM with all that it does for itself.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 1)
@Measurement(iterations = 3)
@Fork(1)
public class IdleBenchmark {
    private static final int ROWS = 100_000;
    private static final long SECONDS = 4;

    /** A hundred thousand rows failed, and wait for their next attempt. */
    @Benchmark
    public void idle_failing(Load load) throws Exception {
        Options options = Options.defaults()
                .withoutPruning()
                .rounds(1000, 1e9)
                .retrying(Duration.ofHours(1), Duration.ofHours(1));
        try (Reconciling<Item> reconciling =
                Reconciling.start(Workload.beside(Item.BY_ID, new FailingOperations()), options)) {
            reconciling.insert(0, ROWS);
            reconciling.awaitFailing(ROWS);
            load.measure();
            if (reconciling.reconciler().health().failing() != ROWS) {
                throw new AssertionError(reconciling.reconciler().health().message());
            }
        }
    }

    /** The same JVM without any reconciler. */
    @Benchmark
    public void idle_nothing(Load load) throws Exception {
        load.measure();
    }

    /** Operations that always fail. */
    private static final class FailingOperations implements Operations<Item> {
        @Override
        public Outcome update(OperationContext context, Item row) {
            return Outcome.retry("not today");
        }

        @Override
        public Outcome delete(OperationContext context, Item row) {
            return Outcome.retry("not today");
        }
    }

    /** The processor time of the JVM. */
    @State(Scope.Thread)
    @AuxCounters(AuxCounters.Type.EVENTS)
    public static class Load {
        /** Milliseconds in a second. */
        public double cpuMillisPerSecond;

        void measure() throws InterruptedException {
            System.gc();
            TimeUnit.SECONDS.sleep(1); // what was under way ends
            long cpu = cpuNanos();
            long begin = System.nanoTime();
            TimeUnit.SECONDS.sleep(SECONDS);
            cpuMillisPerSecond = (cpuNanos() - cpu) * 1e3 / (System.nanoTime() - begin);
        }

        private static long cpuNanos() {
            return ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class)
                    .getProcessCpuTime();
        }
    }
}
