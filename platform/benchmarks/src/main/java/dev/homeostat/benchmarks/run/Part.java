package dev.homeostat.benchmarks.run;

import java.time.Duration;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** Benchmarks that are measured alike, in the order in which they are run. All together take less than half an hour on two cores, quickly eight minutes. */
enum Part {
    /** Short operations: the subject of most targets, so measured in two JVMs. */
    WORKLOADS,
    /** Operations that take up to some seconds, those of the alternatives among them. */
    MILLIONS,
    /** What is measured once an iteration: memory, and the delay of those who are woken. Its iterations have no length. */
    ONCE,
    /** How the cost grows. */
    GROWTH,
    /** What a Java user would take instead. */
    ALTERNATIVES;

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration MOMENT = Duration.ofMillis(200);
    private static final String ROOT = "dev.homeostat.benchmarks.";

    /** The name of a benchmark without our packages. */
    static String shortName(String name) {
        return name.startsWith(ROOT) ? name.substring(ROOT.length()) : name;
    }

    /** The part to which a benchmark belongs. */
    static Part of(BenchmarkListEntry benchmark) {
        String name = shortName(benchmark.getUsername());
        if (benchmark.getMode() == Mode.SingleShotTime) {
            return ONCE;
        } else if (name.contains(".million_")) {
            return MILLIONS;
        } else if (name.startsWith("alternatives.")) {
            return ALTERNATIVES;
        } else if (name.startsWith("growth.")) {
            return GROWTH;
        } else {
            return WORKLOADS;
        }
    }

    /** How long it is measured. */
    Pace pace(boolean quickly) {
        return switch (this) {
            case WORKLOADS, ALTERNATIVES -> quickly ? new Pace(1, 2, 3, MOMENT) : new Pace(forks(), 3, 5, SECOND);
            case MILLIONS -> quickly ? new Pace(1, 1, 2, SECOND) : new Pace(1, 2, 5, SECOND.multipliedBy(2));
            case ONCE -> quickly ? new Pace(1, 1, 1, SECOND) : new Pace(1, 2, 5, SECOND);
            case GROWTH -> quickly ? new Pace(1, 2, 3, MOMENT) : new Pace(1, 4, 5, SECOND.dividedBy(2));
        };
    }

    private int forks() {
        return this == WORKLOADS ? 2 : 1;
    }
}
