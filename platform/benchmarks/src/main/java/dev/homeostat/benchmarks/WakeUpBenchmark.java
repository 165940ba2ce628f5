package dev.homeostat.benchmarks;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Warmup;

/**
 * How long it takes from the begin of a commit until a thread that was parked on a watch has the new row. The score is the time of all rounds with their
 * preparations and says nothing; the delay's percentiles are beside it.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class WakeUpBenchmark {
    private static final int ROUNDS = 10_000;

    /** Writer and reader are virtual threads. */
    @Benchmark
    public void propagationDelay_parked(Delays delays) throws Exception {
        delays.of(new ParkedReader(Thread.ofVirtual().factory()).rounds(ROUNDS));
    }

    /** Writer and reader are platform threads. */
    @Benchmark
    public void propagationDelay_parkedPlatform(Delays delays) throws Exception {
        delays.of(new ParkedReader(Thread.ofPlatform().factory()).rounds(ROUNDS));
    }
}
