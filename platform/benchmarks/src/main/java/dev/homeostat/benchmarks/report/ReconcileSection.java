package dev.homeostat.benchmarks.report;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.DoubleUnaryOperator;
import org.jspecify.annotations.Nullable;

/** What the reconciler costs: a million rows, the delay of a changed row, and rows that only wait. */
final class ReconcileSection implements Section {
    /** The benchmark of a million rows, with its parameters. */
    static final String MILLION = "reconcile_million";

    /** Where the statuses are, how operations are called, and whether there is a second index. */
    static final Map<String, List<String>> PARAMETERS = Map.of(
            "status", List.of("beside", "row"),
            "operations", List.of("single", "batch"),
            "index", List.of("none", "tags"),
            "rounds", List.of("1000/s", "unlimited"));

    /** The benchmarks of delays. */
    static final List<Delay> DELAYS = List.of(
            new Delay("startDelay_idle", "nothing else to do", 1_000_000, 5_000_000),
            new Delay("startDelay_refreshing", "100 000 rows are refreshed without pause", null, 10_000_000));

    /** The benchmarks of idle reconcilers. */
    static final Map<String, String> IDLE = Map.of(
            "idle_failing", "100 000 rows failed and wait for their next attempt",
            "idle_nothing", "no reconciler at all");

    private static final double LIMITED = 900_000;
    private static final double UNLIMITED = 2_000_000;
    private static final double MEGABYTES = 200;

    /** Delays with their targets, in nanoseconds; null for none. */
    record Delay(String name, String meanwhile, @Nullable Integer p50, Integer p99) {}

    @Override
    public String name() {
        return "reconcile";
    }

    @Override
    public String render(Results results) {
        return million(results) + "\n" + delays(results) + "\n" + idle(results);
    }

    private static String million(Results results) {
        MarkdownTable table = new MarkdownTable(
                3,
                "status",
                "operations",
                "second index",
                "k rows/s at 1000 rounds/s",
                "target",
                "k rows/s, unlimited",
                "target",
                "MB",
                "target",
                "result");
        for (String status : PARAMETERS.getOrDefault("status", List.of())) {
            for (String operations : PARAMETERS.getOrDefault("operations", List.of())) {
                for (String index : PARAMETERS.getOrDefault("index", List.of())) {
                    Optional<Measurement> limited = find(results, status, operations, index, "1000/s");
                    Optional<Measurement> unlimited = find(results, status, operations, index, "unlimited");
                    Optional<Double> slow = figure(limited, Measurement.ROWS_PER_SECOND);
                    Optional<Double> fast = figure(unlimited, Measurement.ROWS_PER_SECOND);
                    Optional<Double> live = figure(unlimited, Measurement.LIVE_MEGABYTES);
                    boolean measured = slow.isPresent() && fast.isPresent() && live.isPresent();
                    boolean met =
                            measured && slow.get() >= LIMITED && fast.get() >= UNLIMITED && live.get() <= MEGABYTES;
                    table.row(
                            status.equals("row") ? "in the row" : "beside the row",
                            operations.equals("batch") ? "batches" : "single",
                            index.equals("none") ? "–" : index,
                            show(slow, rows -> rows / 1000),
                            "≥ 900",
                            show(fast, rows -> rows / 1000),
                            "≥ 2,000",
                            show(live, bytes -> bytes),
                            "≤ 200",
                            measured ? met ? "met" : "**missed**" : "not measured");
                }
            }
        }
        return table.toString();
    }

    private static String delays(Results results) {
        MarkdownTable table =
                new MarkdownTable(2, "benchmark", "meanwhile", "p50 µs", "target", "p99 µs", "target", "result");
        for (Delay delay : DELAYS) {
            Optional<Double> p50 = figure(results.reconcile(delay.name(), Map.of()), Measurement.P50_NANOS);
            Optional<Double> p99 = figure(results.reconcile(delay.name(), Map.of()), Measurement.P99_NANOS);
            boolean measured = p50.isPresent() && p99.isPresent();
            boolean met = measured && (delay.p50() == null || p50.get() <= delay.p50()) && p99.get() <= delay.p99();
            table.row(
                    "`" + delay.name() + "`",
                    delay.meanwhile(),
                    show(p50, nanos -> nanos / 1000),
                    limit(delay.p50()),
                    show(p99, nanos -> nanos / 1000),
                    limit(delay.p99()),
                    measured ? met ? "met" : "**missed**" : "not measured");
        }
        return table.toString();
    }

    private static String idle(Results results) {
        MarkdownTable table = new MarkdownTable(2, "benchmark", "what waits", "processor time, ms a second");
        IDLE.keySet().stream()
                .sorted()
                .forEach(name -> table.row(
                        "`" + name + "`",
                        IDLE.getOrDefault(name, ""),
                        show(
                                figure(results.reconcile(name, Map.of()), Measurement.CPU_MILLIS_PER_SECOND),
                                millis -> millis)));
        return table.toString();
    }

    private static Optional<Measurement> find(
            Results results, String status, String operations, String index, String rounds) {
        return results.reconcile(
                MILLION, Map.of("status", status, "operations", operations, "index", index, "rounds", rounds));
    }

    private static Optional<Double> figure(Optional<Measurement> measurement, String name) {
        return measurement.flatMap(found -> Optional.ofNullable(found.other(name)));
    }

    private static String show(Optional<Double> figure, DoubleUnaryOperator scale) {
        return figure.map(value -> Figures.of(scale.applyAsDouble(value))).orElse(Figures.NONE);
    }

    private static String limit(@Nullable Integer nanos) {
        return nanos == null ? Figures.NONE : "≤ " + Figures.of(nanos / 1000.0);
    }
}
