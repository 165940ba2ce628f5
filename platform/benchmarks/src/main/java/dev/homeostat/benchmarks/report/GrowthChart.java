package dev.homeostat.benchmarks.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;

/** Draws how a cost grows: both axes logarithmic, so that what grows in proportion is a line of 45 degrees on equal decades, and what does not grow is level. */
final class GrowthChart {
    private static final int WIDTH = 820;
    private static final int HEIGHT = 440;
    private static final int LEFT = 96;
    private static final int RIGHT = WIDTH - 30;
    private static final int TOP = 84;
    private static final int BOTTOM = HEIGHT - 62;
    private static final int MARGIN = 26;

    /** Colours that also people tell apart who see few of them. */
    private static final List<String> COLORS = List.of("#0072b2", "#d55e00", "#009e73");

    private static final String INK = "#24292f";
    private static final String MUTED = "#57606a";
    private static final String GRID = "#e3e6ea";

    private final Growth growth;
    private final List<Line> lines;
    private final LogScale across;
    private final LogScale up;
    private final Svg svg;

    private record Point(int value, double cost) {}

    private record Line(String label, String color, List<Point> points) {}

    private GrowthChart(Growth growth, List<Line> lines) {
        this.growth = growth;
        this.lines = lines;
        double least =
                costs(lines).stream().mapToDouble(Double::doubleValue).min().orElseThrow();
        double most =
                costs(lines).stream().mapToDouble(Double::doubleValue).max().orElseThrow();
        this.across = new LogScale(
                position(growth.values().getFirst()),
                position(growth.values().getLast()),
                LEFT + MARGIN,
                RIGHT - MARGIN);
        this.up = LogScale.around(least, most, BOTTOM, TOP);
        this.svg = new Svg(WIDTH, HEIGHT, growth.title());
    }

    /** The chart as SVG; empty when nothing of it was measured. */
    static Optional<String> draw(Growth growth, Results results) {
        List<Line> lines = new ArrayList<>();
        growth.lines().forEach((workload, label) -> {
            List<Point> points = new ArrayList<>();
            for (int value : growth.values()) {
                growth.at(results, workload, value)
                        .ifPresent(measurement -> points.add(new Point(value, measurement.score())));
            }
            if (!points.isEmpty()) {
                lines.add(new Line(label, COLORS.get(lines.size()), points));
            }
        });
        return lines.isEmpty() ? Optional.empty() : Optional.of(new GrowthChart(growth, lines).draw());
    }

    private String draw() {
        svg.text(LEFT, 30, Svg.Anchor.START, 18, INK, growth.title());
        legend();
        grid();
        lines.forEach(this::line);
        svg.text((LEFT + RIGHT) / 2.0, HEIGHT - 16, Svg.Anchor.MIDDLE, 14, MUTED, growth.quantity());
        svg.upwards(22, (TOP + BOTTOM) / 2.0, 14, MUTED, growth.unit());
        return svg.toString();
    }

    private void legend() {
        double x = LEFT;
        for (Line line : lines) {
            svg.line(x, 56, x + 24, 56, line.color(), 2.5);
            svg.dot(x + 12, 56, line.color());
            svg.text(x + 31, 60, Svg.Anchor.START, 13, INK, line.label());
            x += 58 + 7.0 * line.label().length();
        }
    }

    private void grid() {
        for (double tick : up.ticks()) {
            svg.line(LEFT, up.place(tick), RIGHT, up.place(tick), GRID, 1);
            svg.text(LEFT - 9, up.place(tick) + 4.5, Svg.Anchor.END, 13, MUTED, tick(tick));
        }
        for (int value : growth.values()) {
            double x = across.place(position(value));
            svg.line(x, TOP, x, BOTTOM, GRID, 1);
            svg.text(x, BOTTOM + 20, Svg.Anchor.MIDDLE, 13, MUTED, Figures.count(value));
        }
        svg.line(LEFT, BOTTOM, RIGHT, BOTTOM, MUTED, 1);
        svg.line(LEFT, TOP, LEFT, BOTTOM, MUTED, 1);
    }

    private void line(Line line) {
        svg.path(
                line.points().stream()
                        .map(point -> String.format(
                                Locale.ROOT,
                                "%.1f,%.1f",
                                across.place(position(point.value())),
                                up.place(point.cost())))
                        .collect(Collectors.joining(" ")),
                line.color());
        for (Point point : line.points()) {
            svg.dot(across.place(position(point.value())), up.place(point.cost()), line.color());
        }
    }

    /** Zero has no logarithm: it stands a decade before the value that follows it. */
    private double position(int value) {
        return value > 0 ? value : growth.values().get(1) / 10.0;
    }

    private static List<Double> costs(List<Line> lines) {
        return lines.stream()
                .flatMap(line -> line.points().stream())
                .map(Point::cost)
                .toList();
    }

    private static String tick(double value) {
        return value >= 1 ? String.format(Locale.ROOT, "%,.0f", value) : String.format(Locale.ROOT, "%s", value);
    }
}
