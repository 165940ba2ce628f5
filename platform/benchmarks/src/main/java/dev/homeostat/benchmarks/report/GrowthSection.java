package dev.homeostat.benchmarks.report;

import java.util.ArrayList;
import java.util.List;

/** A chart and a table of each quantity that grows. */
final class GrowthSection implements Section {
    /** The folder of the charts, beside the document. */
    static final String FOLDER = "performance";

    @Override
    public String name() {
        return "growth";
    }

    @Override
    public String render(Results results) {
        StringBuilder text = new StringBuilder();
        for (Growth growth : Growth.ALL) {
            text.append("### ").append(growth.title()).append("\n\n");
            text.append("![")
                    .append(growth.title())
                    .append("](" + FOLDER + "/")
                    .append(file(growth))
                    .append(")\n\n");
            text.append(table(growth, results)).append('\n');
        }
        return text.toString();
    }

    /** The name of the file of a chart. */
    static String file(Growth growth) {
        return "growth-" + growth.name() + ".svg";
    }

    private static MarkdownTable table(Growth growth, Results results) {
        List<String> heads = new ArrayList<>(List.of(growth.unit() + "; " + growth.quantity() + ":"));
        growth.values().forEach(value -> heads.add(Figures.count(value)));
        MarkdownTable table = new MarkdownTable(1, heads.toArray(String[]::new));
        growth.lines().forEach((workload, label) -> {
            List<String> cells = new ArrayList<>(List.of(label));
            for (int value : growth.values()) {
                cells.add(growth.at(results, workload, value)
                        .map(GrowthSection::cell)
                        .orElse(Figures.NONE));
            }
            table.row(cells.toArray(String[]::new));
        });
        return table;
    }

    private static String cell(Measurement measurement) {
        String score = Figures.of(measurement.score());
        return Double.isNaN(measurement.error()) ? score : score + " ± " + Figures.of(measurement.error());
    }
}
