package dev.homeostat.cli.overview;

import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.util.List;

/** The sources, as the status shows them after their problems. */
public final class SourceList {
    private SourceList() {}

    public static void print(Screen screen, int indent, List<Doc> sources) {
        Grid grid = new Grid(screen, indent, "NAME", "PLUGIN", "ROWS", "STATE");
        for (Doc source : sources) {
            grid.row(
                    Cell.of(source.text("name")),
                    Cell.of(source.text("plugin").isEmpty() ? "-" : source.text("plugin")),
                    Cell.of(source.number("rows")),
                    Cell.of(source.text("state")));
            source.docs("waitingFor").stream()
                    .filter(waiting -> waiting.flag("known")) // the others are problems, and were shown as such
                    .forEach(waiting -> grid.note(Tint.PLAIN, waiting(waiting)));
        }
        grid.end();
    }

    private static String waiting(Doc waiting) {
        List<String> places = waiting.texts("places");
        long more = waiting.number("count") - places.size();
        String nearest = waiting.text("nearest");
        return "waits for table " + waiting.text("table")
                + (places.isEmpty() ? "" : ", named in " + String.join(", ", places))
                + (more > 0 ? " and " + more + " more" : "")
                + (nearest.isEmpty() ? "" : "; did you mean " + nearest + "?");
    }
}
