package dev.homeostat.benchmarks.report;

import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One benchmark with one set of parameters, as it was measured.
 *
 * @param type the class without our packages, such as {@code alternatives.VavrBenchmark}
 * @param name the name of the method, which is that of the workload
 * @param parameters by name; empty for most
 * @param score time an operation
 * @param error half the width of the interval that holds the true score at 99.9 %; NaN when too little was measured
 * @param unit the unit of score and error
 * @param others what was measured beside the time, by name: the median of all iterations of all forks
 */
record Measurement(
        String type,
        String name,
        Map<String, String> parameters,
        double score,
        double error,
        String unit,
        Map<String, Double> others) {

    /** The bytes allocated for an operation, by JMH's own name. */
    static final String ALLOCATED = "gc.alloc.rate.norm";

    /** The bytes that a structure keeps for a row. */
    static final String BYTES_PER_ROW = "bytesPerRow";

    /** The median of a delay. */
    static final String P50_NANOS = "p50Nanos";

    /** What 99 of 100 delays did not exceed. */
    static final String P99_NANOS = "p99Nanos";

    /** The rows that a reconciler brought from inserted to done in a second. */
    static final String ROWS_PER_SECOND = "rowsPerSecond";

    /** What lives in the heap with a million rows, themselves included. */
    static final String LIVE_MEGABYTES = "liveMegabytes";

    /** The processor time of the JVM. */
    static final String CPU_MILLIS_PER_SECOND = "cpuMillisPerSecond";

    /** What is kept of all that JMH measures beside the time. */
    static final List<String> KEPT = List.of(
            ALLOCATED, BYTES_PER_ROW, P50_NANOS, P99_NANOS, ROWS_PER_SECOND, LIVE_MEGABYTES, CPU_MILLIS_PER_SECOND);

    /** A figure beside the time, or null when it was not measured. */
    @Nullable
    Double other(String figure) {
        return others.get(figure);
    }

    /** Whether the class is one of the package of that name below ours. */
    boolean isIn(String subpackage) {
        return type.startsWith(subpackage + ".");
    }
}
