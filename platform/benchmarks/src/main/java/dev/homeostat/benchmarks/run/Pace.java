package dev.homeostat.benchmarks.run;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.Options;
import org.openjdk.jmh.runner.options.TimeValue;

/**
 * How long a benchmark is measured.
 *
 * @param forks the number of JVMs, one after the other
 * @param warmups the number of iterations that do not count
 * @param iterations the number of iterations that count
 * @param time the length of an iteration
 */
record Pace(int forks, int warmups, int iterations, Duration time) {
    /** Sets what the user has not set. */
    void applyTo(ChainedOptionsBuilder options, Options given) {
        TimeValue each = new TimeValue(time.toMillis(), TimeUnit.MILLISECONDS);
        if (!given.getForkCount().hasValue()) {
            options.forks(forks);
        }
        if (!given.getWarmupIterations().hasValue()) {
            options.warmupIterations(warmups);
        }
        if (!given.getWarmupTime().hasValue()) {
            options.warmupTime(each);
        }
        if (!given.getMeasurementIterations().hasValue()) {
            options.measurementIterations(iterations);
        }
        if (!given.getMeasurementTime().hasValue()) {
            options.measurementTime(each);
        }
    }
}
