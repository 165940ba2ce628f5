package dev.homeostat.benchmarks.run;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.benchmarks.MillionBenchmark;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.openjdk.jmh.runner.BenchmarkList;
import org.openjdk.jmh.runner.BenchmarkListEntry;

/** Every benchmark that was compiled is in the part that is meant for it. */
final class PartTest {
    @Test
    void benchmarks_areInTheirParts() throws IOException {
        assertThat(partOf("ReadBenchmark.randomLookup")).isEqualTo(Part.WORKLOADS);
        assertThat(partOf("MillionBenchmark.million_insert")).isEqualTo(Part.MILLIONS);
        assertThat(partOf("MemoryBenchmark.memory_long")).isEqualTo(Part.ONCE);
        assertThat(partOf("WakeUpBenchmark.propagationDelay_parked")).isEqualTo(Part.ONCE);
        assertThat(partOf("reconcile.ReconcileMillionBenchmark.reconcile_million"))
                .isEqualTo(Part.ONCE);
        assertThat(partOf("growth.RowGrowthBenchmark.growth_rows_lookup")).isEqualTo(Part.GROWTH);
        assertThat(partOf("alternatives.VavrBenchmark.randomLookup")).isEqualTo(Part.ALTERNATIVES);
        assertThat(partOf("alternatives.VavrBenchmark.memory_long")).isEqualTo(Part.ONCE);
        assertThat(partOf("alternatives.VavrBenchmark.million_insert")).isEqualTo(Part.MILLIONS);
    }

    @Test
    void quick_isMuchQuicker() {
        for (Part part : Part.values()) {
            assertThat(length(part.pace(true)).multipliedBy(2)).as(part.name()).isLessThan(length(part.pace(false)));
        }
    }

    private static Duration length(Pace pace) {
        return pace.time().multipliedBy(pace.warmups() + pace.iterations()).multipliedBy(pace.forks());
    }

    private static Part partOf(String name) throws IOException {
        return all().stream()
                .filter(benchmark -> Part.shortName(benchmark.getUsername()).equals(name))
                .map(Part::of)
                .findFirst()
                .orElseThrow(() -> new AssertionError("no benchmark " + name));
    }

    private static List<BenchmarkListEntry> all() throws IOException {
        try (InputStream list = MillionBenchmark.class.getResourceAsStream(BenchmarkList.BENCHMARK_LIST)) {
            assertThat(list).isNotNull();
            return BenchmarkList.readBenchmarkList(list);
        }
    }
}
