package dev.homeostat.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a run measured.
 *
 * @param jvm the Java that ran it, with its flags
 * @param paces how long was measured, one line a kind of benchmark
 * @param measurements in the order of the file
 */
record Results(String jvm, List<String> paces, List<Measurement> measurements) {
    /** The measurement of a workload of ours; neither an alternative nor growth. */
    Optional<Measurement> workload(String name) {
        return measurements.stream()
                .filter(measurement -> measurement.type().indexOf('.') < 0)
                .filter(measurement -> measurement.name().equals(name))
                .findFirst();
    }

    /** The measurement of a reconciler's benchmark with exactly these parameters. */
    Optional<Measurement> reconcile(String name, Map<String, String> parameters) {
        return measurements.stream()
                .filter(measurement -> measurement.isIn("reconcile"))
                .filter(measurement -> measurement.name().equals(name))
                .filter(measurement -> measurement.parameters().equals(parameters))
                .findFirst();
    }

    /** The measurement of a class and a method, with that value of its only parameter if it has one. */
    Optional<Measurement> of(String type, String name, String parameter) {
        return measurements.stream()
                .filter(measurement -> measurement.type().equals(type))
                .filter(measurement -> measurement.name().equals(name))
                .filter(measurement -> measurement.parameters().isEmpty()
                        || measurement.parameters().containsValue(parameter))
                .findFirst();
    }
}
