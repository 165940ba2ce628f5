package dev.homeostat.benchmarks.report;

import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The memory that a million rows take beside the rows themselves. */
final class MemorySection implements Section {
    /** What was measured without a target, by the name of its benchmark. */
    static final SortedMap<String, String> BESIDE = new TreeMap<>(Map.of(
            "memory_longTagged", "a tag index, one of a hundred tags a row",
            "memory_longNamed", "a unique index on a text of six to eleven characters",
            "memory_longReplaced", "three million replacements of random rows afterwards"));

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
        MarkdownTable beside = new MarkdownTable(1, "the same with a number for a key, and", "bytes a row");
        BESIDE.forEach((name, what) -> beside.row(
                what,
                results.workload(name)
                        .flatMap(measurement -> Optional.ofNullable(measurement.other(Measurement.BYTES_PER_ROW)))
                        .map(Figures::of)
                        .orElse(Figures.NONE)));
        return table + "\n" + beside;
    }
}
