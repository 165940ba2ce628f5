package dev.homeostat.benchmarks.report;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The same workloads with what a Java user would take instead. */
final class AlternativesSection implements Section {
    /** The heads of the columns, by class. */
    static final Map<String, String> SUBJECTS = new LinkedHashMap<>();

    /** The heads of the rows, by workload. */
    static final Map<String, String> WORKLOADS = new LinkedHashMap<>();

    private static final String MEMORY = "memory_long";

    static {
        SUBJECTS.put("HashMapBenchmark", "HashMap");
        SUBJECTS.put("SkipListBenchmark", "ConcurrentSkipListMap");
        SUBJECTS.put("MVStoreBenchmark", "H2 MVStore");
        SUBJECTS.put("VavrBenchmark", "Vavr");
        SUBJECTS.put("PCollectionsBenchmark", "PCollections");
        SUBJECTS.put("ClojureBenchmark", "Clojure");

        WORKLOADS.put("randomLookup", "look up, 1000 rows, shuffled");
        WORKLOADS.put("fullIteration_all", "iterate over 100 000 rows");
        WORKLOADS.put("randomInsert", "insert 1000 shuffled rows into an empty one");
        WORKLOADS.put("writeTxn_1000", "replace 1000 rows in order");
        WORKLOADS.put("million_insert", "insert 1 M rows in steps of 1000");
        WORKLOADS.put("million_replace", "replace 1 M rows at random in steps of 1000");
        WORKLOADS.put("newReadTxn", "snapshot of 1000 rows");
        WORKLOADS.put(MEMORY, "memory, bytes a row of 1 M");
    }

    @Override
    public String name() {
        return "alternatives";
    }

    @Override
    public String render(Results results) {
        List<String> heads = new ArrayList<>(List.of("ns a row", "Homeostat"));
        heads.addAll(SUBJECTS.values());
        MarkdownTable table = new MarkdownTable(1, heads.toArray(String[]::new));
        WORKLOADS.forEach((workload, description) -> {
            List<Optional<Double>> figures = figures(results, workload);
            double best = figures.stream()
                    .flatMap(Optional::stream)
                    .mapToDouble(Double::doubleValue)
                    .min()
                    .orElse(Double.NaN);
            List<String> cells = new ArrayList<>(List.of(description));
            figures.forEach(
                    figure -> cells.add(figure.map(value -> cell(value, best)).orElse(Figures.NONE)));
            table.row(cells.toArray(String[]::new));
        });
        return table.toString();
    }

    private static List<Optional<Double>> figures(Results results, String workload) {
        List<Optional<Double>> figures = new ArrayList<>();
        figures.add(results.workload(workload).flatMap(measurement -> figure(measurement, workload)));
        for (String subject : SUBJECTS.keySet()) {
            figures.add(results.of("alternatives." + subject, workload, "")
                    .flatMap(measurement -> figure(measurement, workload)));
        }
        return figures;
    }

    private static Optional<Double> figure(Measurement measurement, String workload) {
        return workload.equals(MEMORY)
                ? Optional.ofNullable(measurement.other(Measurement.BYTES_PER_ROW))
                : Optional.of(measurement.score());
    }

    /** The lowest figure of a row is bold. */
    private static String cell(double value, double best) {
        String text = Figures.of(value);
        return value <= best ? "**" + text + "**" : text;
    }
}
