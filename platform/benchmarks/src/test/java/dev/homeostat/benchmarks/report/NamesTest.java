package dev.homeostat.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.benchmarks.MillionBenchmark;
import dev.homeostat.benchmarks.reconcile.ReconcileMillionBenchmark;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.runner.BenchmarkList;

/** What the report looks for is there: a benchmark that is renamed would otherwise silently be "not measured". */
final class NamesTest {
    private static final String PACKAGE = "dev.homeostat.benchmarks.";

    @Test
    void everyTarget_hasItsBenchmark() throws IOException {
        Set<String> workloads = compiled().stream()
                .filter(name -> name.indexOf('.') == name.lastIndexOf('.'))
                .map(NamesTest::method)
                .collect(Collectors.toSet());

        assertThat(workloads).containsAll(names(Target.TIMES.stream())).containsAll(names(Target.SIZES.stream()));
        assertThat(workloads).contains("memory_longCompact", "memory_stringCompact");
        assertThat(workloads).containsAll(AllocationSection.READS).containsAll(MemorySection.BESIDE.keySet());
    }

    @Test
    void everyLineOfAChart_hasItsBenchmark() throws IOException {
        Set<String> wanted = Growth.ALL.stream()
                .flatMap(growth -> growth.lines().keySet().stream().map(line -> growth.type() + "." + line))
                .collect(Collectors.toSet());

        assertThat(compiled()).containsAll(wanted);
        assertThat(compiled().stream().filter(name -> name.startsWith("growth.")))
                .as("and every benchmark of growth has its line")
                .allMatch(wanted::contains);
    }

    @Test
    void everyAlternative_hasItsBenchmarks() throws IOException {
        Set<String> wanted = AlternativesSection.SUBJECTS.keySet().stream()
                .flatMap(subject -> AlternativesSection.WORKLOADS.keySet().stream()
                        .map(workload -> "alternatives." + subject + "." + workload))
                .collect(Collectors.toSet());

        assertThat(compiled()).containsAll(wanted);
        assertThat(compiled().stream().filter(name -> name.startsWith("alternatives.")))
                .as("and every alternative stands in the table")
                .allMatch(wanted::contains);
    }

    @Test
    void everyLineAboutTheReconciler_hasItsBenchmark() throws IOException {
        Set<String> wanted = Stream.of(
                        Stream.of(ReconcileSection.MILLION),
                        ReconcileSection.DELAYS.stream().map(ReconcileSection.Delay::name),
                        ReconcileSection.IDLE.keySet().stream())
                .flatMap(names -> names)
                .collect(Collectors.toSet());

        assertThat(compiled().stream()
                        .filter(name -> name.startsWith("reconcile."))
                        .map(NamesTest::method))
                .containsExactlyInAnyOrderElementsOf(wanted);
        assertThat(parameters()).isEqualTo(ReconcileSection.PARAMETERS);
    }

    /** The parameters of the benchmark of a million rows, with all their values. */
    private static Map<String, List<String>> parameters() {
        return Stream.of(ReconcileMillionBenchmark.class.getFields())
                .collect(Collectors.toMap(
                        Field::getName,
                        field -> List.of(field.getAnnotation(Param.class).value())));
    }

    private static Set<String> names(Stream<Target> targets) {
        return targets.map(Target::name).collect(Collectors.toSet());
    }

    private static String method(String name) {
        return name.substring(name.lastIndexOf('.') + 1);
    }

    private static Set<String> compiled() throws IOException {
        try (InputStream list = MillionBenchmark.class.getResourceAsStream(BenchmarkList.BENCHMARK_LIST)) {
            assertThat(list).isNotNull();
            return BenchmarkList.readBenchmarkList(list).stream()
                    .map(benchmark -> benchmark.getUsername().substring(PACKAGE.length()))
                    .collect(Collectors.toSet());
        }
    }
}
