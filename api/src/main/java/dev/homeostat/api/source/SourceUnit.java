package dev.homeostat.api.source;

import dev.homeostat.api.tree.Problem;
import java.util.List;

/**
 * A part of a source that stands or falls as a whole, such as one manifest file.
 *
 * @param name unique in its source and stable, as a person knows it: {@code web.yaml}
 * @param rows what it wants; ignored when there are problems
 * @param problems why it could not be read; empty when it could
 */
public record SourceUnit(String name, List<DesiredRows> rows, List<Problem> problems) {
    public SourceUnit {
        rows = List.copyOf(rows);
        problems = List.copyOf(problems);
    }

    /** A unit that was read. */
    public static SourceUnit of(String name, List<DesiredRows> rows) {
        return new SourceUnit(name, rows, List.of());
    }

    /** A unit that could not be read. */
    public static SourceUnit broken(String name, List<Problem> problems) {
        if (problems.isEmpty()) {
            throw new IllegalArgumentException("unit \"" + name + "\": a broken unit has at least one problem");
        }
        return new SourceUnit(name, List.of(), problems);
    }
}
