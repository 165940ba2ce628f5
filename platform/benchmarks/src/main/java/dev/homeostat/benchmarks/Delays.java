package dev.homeostat.benchmarks;

import java.util.Arrays;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Percentiles of delays, shown beside the score of a benchmark. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.EVENTS)
public class Delays {
    /** In nanoseconds. */
    public long p50Nanos;

    /** In nanoseconds. */
    public long p99Nanos;

    /** Takes the percentiles of these delays, in nanoseconds, at least one; sorts them. */
    public void of(long[] nanos) {
        Arrays.sort(nanos);
        p50Nanos = nanos[nanos.length / 2];
        p99Nanos = nanos[nanos.length * 99 / 100];
    }
}
