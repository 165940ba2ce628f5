package dev.homeostat.benchmarks.report;

import java.util.List;

/** What reads allocate, also in a JVM that has seen tables of every kind. */
final class AllocationSection implements Section {
    /** The workloads that read. */
    static final List<String> READS = List.of(
            "newReadTxn",
            "randomLookup",
            "randomLookup_polluted",
            "randomLookup_prebuilt_polluted",
            "randomLookup_bytes",
            "randomLookup_bytes_polluted",
            "fullIteration_all",
            "fullIteration_all_polluted",
            "fullIteration_get",
            "fullIteration_secondary",
            "prefix_secondary");

    @Override
    public String name() {
        return "allocation";
    }

    @Override
    public String render(Results results) {
        MarkdownTable table = new MarkdownTable(1, "benchmark", "bytes an operation or row", "ns");
        for (String name : READS) {
            results.workload(name)
                    .ifPresent(measurement ->
                            table.row("`" + name + "`", allocated(measurement), Figures.of(measurement.score())));
        }
        return table.toString();
    }

    /** The bytes that an operation allocated. */
    static String allocated(Measurement measurement) {
        Double bytes = measurement.other(Measurement.ALLOCATED);
        return bytes == null ? Figures.NONE : Figures.bytes(bytes);
    }
}
