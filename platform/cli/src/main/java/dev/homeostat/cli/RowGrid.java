package dev.homeostat.cli;

import dev.homeostat.cli.Grid.Cell;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Prints rows for people: key, status, revision, and the fields that the first rows have. A field that repeats the key is left out; long values are cut, and
 * {@code db get} shows them in full.
 */
final class RowGrid implements RowPrinter {
    private static final int ROWS_THAT_GIVE_THE_FIELDS = 200;
    private static final int MOST_COLUMNS_OF_A_VALUE = 40;
    private static final int MOST_FIELDS = 8;

    private final Screen screen;
    private final List<Doc> first = new ArrayList<>();
    private List<String> fields = List.of();
    private @Nullable Grid grid;
    /** The host's time is in the last line of its answer: until then, ages are by this clock, which is that of the same machine. */
    private Ages ages = new Ages(java.time.Instant.now());

    RowGrid(Screen screen) {
        this.screen = screen;
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
    }

    private Grid begin() {
        fields = fields(first);
        List<String> header = new ArrayList<>(List.of("KEY", "STATUS", "REVISION"));
        fields.forEach(field -> header.add(field.isEmpty() ? "ROW" : field.toUpperCase(java.util.Locale.ROOT)));
        Grid begun = new Grid(screen, 0, header);
        grid = begun;
        first.forEach(row -> print(begun, row));
        first.clear();
        return begun;
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
        List<Cell> cells = new ArrayList<>();
        cells.add(Cell.of(row.text("key")));
        cells.add(status(row));
        cells.add(Cell.of(row.flag("deleted") ? "-" : row.text("revision")));
        for (String field : fields) {
            String value = field.isEmpty() ? row.text("text") : value(row.doc("values"), field);
            cells.add(Cell.cut(value, MOST_COLUMNS_OF_A_VALUE));
        }
        into.row(cells);
        row.doc("status").fields().forEach((reconciler, value) -> {
            Doc status = Doc.of(value);
            if (!status.text("error").isEmpty()) {
                into.note(Tint.BAD, StatusText.failure(reconciler, status, ages));
            }
        });
    }

    private Cell status(Doc row) {
        Doc statuses = row.doc("status");
        List<String> parts = new ArrayList<>();
        Tint tint = Tint.PLAIN;
        for (var entry : statuses.fields().entrySet()) {
            Doc status = Doc.of(entry.getValue());
            String brief = StatusText.brief(status, ages);
            parts.add(statuses.fields().size() == 1 ? brief : entry.getKey() + ": " + brief);
            tint = tint == Tint.BAD ? tint : StatusText.tint(status);
        }
        String text = (row.flag("deleted") ? "Delete: " : "") + (parts.isEmpty() ? "-" : String.join(", ", parts));
        return new Cell(Printable.of(text), tint);
    }

    private static String value(Doc values, String field) {
        Object value = values.fields().get(field);
        return switch (value) {
            case null -> "";
            case Map<?, ?> map -> Json.compact(map);
            case List<?> list -> Json.compact(list);
            default -> value.toString();
        };
    }
}
