package dev.homeostat.benchmarks.report;

import java.util.Optional;

/** The memory that a million rows take beside the rows themselves. */
final class MemorySection implements Section {
    @Override
    public String name() {
        return "memory";
    }

    @Override
    public String render(Results results) {
        MarkdownTable table = new MarkdownTable(
                1, "primary index", "reference", "target", "bytes a row", "with compact object headers", "result");
        for (Target target : Target.SIZES) {
            Optional<Double> plain = results.workload(target.name()).flatMap(target::figureOf);
            Optional<Double> compact =
                    results.workload(target.name() + "Compact").flatMap(target::figureOf);
            table.row(
                    target.workload(),
                    target.reference(),
                    "≤ " + (long) target.limit(),
                    plain.map(Figures::of).orElse(Figures.NONE),
                    compact.map(Figures::of).orElse(Figures.NONE),
                    plain.map(target::verdict).orElse("not measured"));
        }
        return table.toString();
    }
}
