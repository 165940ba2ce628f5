package dev.homeostat.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.benchmarks.MillionBenchmark;
import java.io.IOException;
import java.io.InputStream;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
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
