package dev.homeostat.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Makes the report of a run: the tables in {@code performance.md}, the charts in {@code performance/}, and there {@code results.json} with what they were made
 * of. Equal results give equal files.
 *
 * <pre>{@code
 * java -cp platform/benchmarks/target/benchmarks.jar dev.homeostat.benchmarks.report.Report benchmarks.json docs
 * }</pre>
 */
public final class Report {
    private static final List<Section> SECTIONS = List.of(
            new MachineSection(),
            new TargetsSection(),
            new AllocationSection(),
            new MemorySection(),
            new AlternativesSection(),
            new GrowthSection(),
            new ReconcileSection());

    private Report() {}

    /** Takes the file that the benchmarks wrote, and the folder of the documents. */
    public static void main(String[] arguments) throws IOException {
        if (arguments.length != 2) {
            System.err.println("usage: Report RESULTS.json FOLDER-OF-performance.md");
            System.exit(2);
        }
        write(Path.of(arguments[0]), Path.of(arguments[1]));
    }

    /** Reads the first, rewrites what is generated in the second. */
    static void write(Path resultsFile, Path documents) throws IOException {
        ResultsFile file = ResultsFile.read(resultsFile);
        Results results = file.results();
        Path document = documents.resolve("performance.md");
        MarkedDocument text = new MarkedDocument(Files.readString(document));
        for (Section section : SECTIONS) {
            text = text.with(section.name(), section.render(results));
        }
        Path folder = Files.createDirectories(documents.resolve(GrowthSection.FOLDER));
        Files.writeString(document, text.toString());
        Files.writeString(folder.resolve("results.json"), file.text());
        for (Growth growth : Growth.ALL) {
            Path chart = folder.resolve(GrowthSection.file(growth));
            Optional<String> drawn = GrowthChart.draw(growth, results);
            if (drawn.isPresent()) {
                Files.writeString(chart, drawn.get());
            } else {
                Files.deleteIfExists(chart);
            }
        }
    }
}
