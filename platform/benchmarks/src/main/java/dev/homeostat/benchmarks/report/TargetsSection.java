package dev.homeostat.benchmarks.report;

import java.util.Locale;
import java.util.Optional;

/** All workloads beside the reference and their targets. */
final class TargetsSection implements Section {
    @Override
    public String name() {
        return "targets";
    }

    @Override
    public String render(Results results) {
        MarkdownTable table = new MarkdownTable(
                2, "benchmark", "workload", "reference ns", "target ns", "measured ns", "±", "bytes", "result");
        int met = 0;
        int measured = 0;
        for (Target target : Target.TIMES) {
            Optional<Measurement> found = results.workload(target.name());
            Optional<Double> figure = found.flatMap(target::figureOf);
            if (figure.isPresent()) {
                measured++;
                met += figure.get() <= target.limit() ? 1 : 0;
            }
            table.row(
                    "`" + target.name() + "`",
                    target.workload(),
                    target.reference(),
                    "≤ " + limit(target.limit()),
                    figure.map(Figures::of).orElse(Figures.NONE),
                    target.figure().equals("score")
                            ? found.map(measurement -> Figures.of(measurement.error()))
                                    .orElse(Figures.NONE)
                            : Figures.NONE,
                    target.figure().equals("score")
                            ? found.map(AllocationSection::allocated).orElse(Figures.NONE)
                            : Figures.NONE,
                    figure.map(target::verdict).orElse("not measured"));
        }
        return table + "\n" + met + " of " + measured + " targets that were measured are met; "
                + (Target.TIMES.size() - measured) + " were not measured.\n";
    }

    private static String limit(double value) {
        return value == Math.rint(value) ? String.format(Locale.ROOT, "%,d", (long) value) : "" + value;
    }
}
