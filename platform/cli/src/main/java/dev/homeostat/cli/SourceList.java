package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.util.List;

/** The sources, as the status shows them. */
final class SourceList {
    private SourceList() {}

    static void print(Screen screen, int indent, List<Doc> sources) {
        Grid grid = new Grid(screen, indent, "NAME", "PLUGIN", "ROWS", "STATE");
        for (Doc source : sources) {
            grid.row(
                    Cell.of(source.text("name")),
                    Cell.of(source.text("plugin").isEmpty() ? "-" : source.text("plugin")),
                    Cell.of(source.number("rows")),
                    Cell.of(source.text("state")));
            source.texts("problems").forEach(problem -> grid.note(Tint.BAD, problem));
            if (!source.texts("waiting").isEmpty()) {
                grid.note(Tint.PLAIN, "waits for tables: " + String.join(", ", source.texts("waiting")));
            }
        }
        grid.end();
    }
}
