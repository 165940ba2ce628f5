package dev.homeostat.benchmarks.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The report of a small run, from JMH's JSON to the last file. */
final class ReportTest {
    private static final Path RESULTS =
            Path.of("src", "test", "resources", "dev", "homeostat", "benchmarks", "report", "results.json");
    private static final String MARKS = Stream.of(
                    "machine", "targets", "allocation", "memory", "alternatives", "growth", "reconcile")
            .map(part -> "<!-- generated: " + part + " -->\nold\n<!-- end of generated part -->\n")
            .collect(Collectors.joining("some words\n"));

    @TempDir
    Path documents;

    @BeforeEach
    void writeDocument() throws IOException {
        Files.writeString(documents.resolve("performance.md"), "# Title\n" + MARKS);
    }

    @Test
    void targets_saysWhatWasMeasuredAndWhetherItIsEnough() throws IOException {
        String document = report();

        assertThat(document)
                .contains("| `randomLookup` | get by id, 1000 rows, shuffled | 52 | ≤ 16 | 5.80 | 0.21 | 0 | met |")
                .contains("| `newReadTxn` | take a snapshot | 0.85 | ≤ 1.5 | 0.51 | – | 0 | met |")
                .contains("| 1726–2130 | ≤ 200 | 1,235 | 12.3 | 803 | **missed** |")
                .contains("| `changes` | insert 1000, observe, delete all, observe | 1763 | ≤ 300 | – | – | – | not"
                        + " measured |")
                .contains("3 of 4 targets that were measured are met; 24 were not measured.");
    }

    @Test
    void targets_ofADelay_isTheMedianAndNotTheTimeOfTheRound() throws IOException {
        assertThat(report()).contains("| – | ≤ 10,000 | 3,500 | – | – | met |");
    }

    @Test
    void memory_isTheMeanOfTheIterationsAndNotTheirSum() throws IOException {
        assertThat(report())
                .contains("| key is a number | 274 | ≤ 50 | 50.0 | 42.0 | met |")
                .contains("| key is a text | 274 | ≤ 70 | 82.5 | – | **missed** |");
    }

    @Test
    void alternatives_standBesideOursWithTheLowestBold() throws IOException {
        assertThat(report())
                .contains("| look up, 1000 rows, shuffled | 5.80 | **4.25** | – | – | 31.5 | – | – |")
                .contains("| memory, bytes a row of 1 M | **50.0** | 65.5 | – | – | – | – | – |");
    }

    @Test
    void growth_hasATableAndAChartOfWhatWasMeasured() throws IOException {
        String document = report();

        assertThat(document)
                .contains("![Cost of a row as the table grows](performance/growth-rows.svg)")
                .contains("| ns a row; rows in the table: | 1 k | 10 k | 100 k | 1 M |")
                .contains("| look up at random | 6.00 ± 0.50 | 8.00 ± 0.50 | – | 60.0 ± 0.50 |")
                .contains("| replace at random, 1000 a transaction | 80.0 | 120 | – | 700 |");
        String chart = Files.readString(documents.resolve("performance").resolve("growth-rows.svg"));
        assertThat(chart).contains("Cost of a row as the table grows", "rows in the table", "ns a row", "1 M");
        assertThat(chart.split("<circle", -1)).as("two legends, six points").hasSize(1 + 2 + 6);
        assertThat(documents.resolve("performance").resolve("growth-tables.svg"))
                .doesNotExist();
    }

    @Test
    void reconcile_saysWhetherAllOfALineIsFastAndSmallEnough() throws IOException {
        assertThat(report())
                .contains("| beside the row | single | – | 950 | ≥ 900 | 1,850 | ≥ 2,000 | 180 | ≤ 200 | **missed** |")
                .contains("| in the row | batches | tags | – | ≥ 900 | – | ≥ 2,000 | – | ≤ 200 | not measured |")
                .contains("| `startDelay_idle` | nothing else to do | 19.0 | ≤ 1,000 | 5,500 | ≤ 5,000 | **missed** |")
                .contains("| 100 000 rows failed and wait for their next attempt | 3.00 |")
                .contains("- the reconciler: 1 JVM");
    }

    @Test
    void machine_isTheJavaItsFlagsAndThePaces() throws IOException {
        assertThat(report())
                .contains("\nJava 25.0.3, Some VM 25.0.3+9, `-Xms3g` `-Xmx3g`, JMH 1.37.\n")
                .contains("- all others: 2 JVMs, 3 × 1 s to warm up, 2 × 1 s measured")
                .contains("- memory, and delays of parked readers: 1 JVM, 3 to warm up, 2 measured")
                .doesNotContain("some.property");
    }

    @Test
    void otherWords_stay() throws IOException {
        assertThat(report())
                .startsWith("# Title\n<!-- generated: machine -->\n")
                .contains("some words")
                .doesNotContain("old");
    }

    @Test
    void keptResults_saveNoPlaceOfTheMachineAndGiveTheSameReport() throws IOException {
        report();
        Map<String, byte[]> first = files();
        Path kept = documents.resolve("performance").resolve("results.json");
        assertThat(Files.readString(kept)).doesNotContain("/somewhere", "scorePercentiles");

        Report.write(kept, documents);

        Map<String, byte[]> second = files();
        assertThat(second.keySet()).isEqualTo(first.keySet());
        first.forEach((name, bytes) ->
                assertThat(Arrays.equals(second.get(name), bytes)).as(name).isTrue());
    }

    @Test
    void document_withoutMarks_isRefusedWithTheLinesToAdd() throws IOException {
        Files.writeString(documents.resolve("performance.md"), "# Title\n");

        assertThatThrownBy(this::report)
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("<!-- generated: machine -->");
    }

    @Test
    void file_thatIsNoArray_isRefused() throws IOException {
        Path other = Files.writeString(documents.resolve("other.json"), "{}");

        assertThatThrownBy(() -> Report.write(other, documents))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("other.json");
    }

    private String report() throws IOException {
        Report.write(RESULTS, documents);
        return Files.readString(documents.resolve("performance.md"));
    }

    private Map<String, byte[]> files() throws IOException {
        Map<String, byte[]> files = new TreeMap<>();
        try (Stream<Path> paths = Files.walk(documents)) {
            for (Path file : paths.filter(Files::isRegularFile).toList()) {
                files.put(documents.relativize(file).toString(), Files.readAllBytes(file));
            }
        }
        return files;
    }
}
