package dev.homeostat.cli.rows;

import dev.homeostat.cli.command.Nearest;
import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Grid;
import dev.homeostat.cli.screen.Grid.Cell;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.StatusText;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows for people: key, status, revision, and the fields that the first rows have, or the key and the columns that somebody wants. A field that repeats the
 * key is left out; long values are cut, and {@code db get} shows them in full.
 */
public final class RowGrid implements RowPrinter {
    private static final int ROWS_THAT_GIVE_THE_FIELDS = 200;
    private static final int MOST_COLUMNS_OF_A_VALUE = 40;
    private static final int MOST_FIELDS = 8;
    private static final int MOST_SEEN = 1_000;

    private static final String KEY = "key";
    private static final String STATUS = "status";
    private static final String REVISION = "revision";

    private final Screen screen;
    private final List<String> columns;
    private final Set<String> unseen;
    /** The fields that rows have, as long as one that is wanted was not seen. */
    private final Set<String> seen = new LinkedHashSet<>(List.of(KEY, STATUS, REVISION));

    private final List<Doc> first = new ArrayList<>();
    private List<String> fields = List.of();
    private @Nullable Grid grid;
    /** The host's time is in the last line of its answer: until then, ages are by this clock, which is that of the same machine. */
    private Ages ages = new Ages(java.time.Instant.now());

    public RowGrid(Screen screen) {
        this(screen, List.of());
    }

    /** @param columns the fields to show; empty for those that there are */
    RowGrid(Screen screen, List<String> columns) {
        this.screen = screen;
        this.columns = columns;
        this.unseen = new LinkedHashSet<>(columns);
    }

    @Override
    public void row(Doc row) {
        if (grid != null) {
            print(grid, row);
            return;
        }
        first.add(row);
        if (first.size() >= ROWS_THAT_GIVE_THE_FIELDS) {
            begin();
        }
    }

    @Override
    public void end(Doc answer) {
        if (first.isEmpty() && grid == null) {
            screen.line("no rows");
            return;
        }
        if (grid == null) {
            ages = new Ages(answer.time("now"));
            begin().end();
        } else {
            grid.end();
        }
        if (answer.flag("limited")) {
            screen.note(0, Tint.PLAIN, "there may be more: these are the first " + answer.number("count"));
        }
        unseen.removeAll(List.of(STATUS, REVISION, KEY));
        unseen.forEach(field -> screen.note(
                0,
                Tint.PLAIN,
                "no row has a field \"" + field + "\""
                        + Nearest.of(field, seen)
                                .map(near -> "; did you mean \"" + near + "\"?")
                                .orElse("")));
    }

    private Grid begin() {
        List<String> header = new ArrayList<>(List.of("KEY"));
        if (columns.isEmpty()) {
            fields = new ArrayList<>(List.of(STATUS, REVISION));
            fields.addAll(fields(first));
        } else {
            fields = columns.stream()
                    .filter(column -> !column.equals(KEY) || first.stream().anyMatch(RowGrid::hasFieldCalledKey))
                    .toList(); // the key is there anyhow
        }
        fields.forEach(field -> header.add(field.isEmpty() ? "ROW" : field.toUpperCase(java.util.Locale.ROOT)));
        Grid begun = new Grid(screen, 0, header);
        grid = begun;
        first.forEach(row -> print(begun, row));
        first.clear();
        return begun;
    }

    private static boolean hasFieldCalledKey(Doc row) {
        return row.doc("values").fields().containsKey(KEY);
    }

    /** The names of the fields to show; an empty name stands for rows that are no documents. */
    private static List<String> fields(List<Doc> rows) {
        Set<String> names = new LinkedHashSet<>();
        for (Doc row : rows) {
            names.addAll(row.doc("values").fields().keySet());
            if (!row.text("text").isEmpty()) {
                names.add("");
            }
        }
        names.removeIf(name -> rows.stream()
                .filter(row -> !row.flag("deleted"))
                .allMatch(row -> row.doc("values").text(name).equals(row.text("key"))));
        return names.stream().limit(MOST_FIELDS).toList();
    }

    private void print(Grid into, Doc row) {
        if (!unseen.isEmpty() && seen.size() < MOST_SEEN) {
            seen.addAll(row.doc("values").fields().keySet());
        }
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(row.text("key")));
        for (int i = 0; i < fields.size(); i++) {
            boolean own = columns.isEmpty() && i >= 2; // the others are of the host's, whatever fields the rows have
            cells.add(cell(row, fields.get(i), own));
        }
        into.row(cells);
        row.doc("status").fields().forEach((reconciler, value) -> {
            Doc status = Doc.of(value);
            if (!status.text("error").isEmpty()) {
                into.note(Tint.BAD, StatusText.failure(reconciler, status, ages));
            }
        });
    }

    private Cell cell(Doc row, String field, boolean own) {
        if (field.isEmpty()) {
            return Cell.cut(row.text("text"), MOST_COLUMNS_OF_A_VALUE);
        }
        Object value = own || !columns.isEmpty() ? Selection.value(row.doc("values"), field) : null;
        if (value == null && !own && field.equals(STATUS)) {
            Doc statuses = row.doc(STATUS);
            return new Cell(Printable.of(status(row, statuses, ages)), tint(statuses));
        }
        if (value == null && !own && field.equals(REVISION)) {
            return Cell.of(row.flag("deleted") ? "-" : row.text(REVISION));
        }
        if (value != null || row.doc("values").fields().containsKey(field)) {
            unseen.remove(field);
        }
        return Cell.cut(text(value), MOST_COLUMNS_OF_A_VALUE);
    }

    /** What reconcilers say of a row, in a few words: {@code Done (3s ago)}, {@code a: Done, b: Pending}. */
    static String status(Doc row, Doc statuses, Ages ages) {
        List<String> parts = new ArrayList<>();
        statuses.fields().forEach((reconciler, value) -> {
            String brief = StatusText.brief(Doc.of(value), ages);
            parts.add(statuses.fields().size() == 1 ? brief : reconciler + ": " + brief);
        });
        if (parts.isEmpty()) {
            return row.flag("deleted") ? "Deleted" : "-";
        }
        return (row.flag("deleted") ? "Delete: " : "") + String.join(", ", parts);
    }

    /** The worst of them. */
    static Tint tint(Doc statuses) {
        Tint tint = Tint.PLAIN;
        for (Object value : statuses.fields().values()) {
            tint = tint == Tint.BAD ? tint : StatusText.tint(Doc.of(value));
        }
        return tint;
    }

    /** A value on one line. */
    static String text(@Nullable Object value) {
        return Json.inline(value);
    }
}
