package dev.homeostat.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in aligned columns. Waits for the first rows to know the widths; from then on each row is printed as it comes, so that a table of any size can be shown
 * without being held.
 */
final class Grid {
    private static final int ROWS_THAT_GIVE_THE_WIDTHS = 500;
    private static final String GAP = "  ";

    private final Screen screen;
    private final int indent;
    private final int[] widths;
    private final List<Line> waiting = new ArrayList<>();
    private boolean streaming;

    /** A cell of a row; the text is printed as it is, but for what a terminal would obey. */
    record Cell(String text, Tint tint) {
        static Cell of(Object value) {
            return new Cell(Printable.of(value.toString()), Tint.PLAIN);
        }

        static Cell state(String state) {
            return new Cell(Printable.of(state), Tint.of(state));
        }

        static Cell cut(String value, int columns) {
            return new Cell(Printable.cut(Printable.of(value), columns), Tint.PLAIN);
        }
    }

    private record Note(Tint tint, String text) {}

    private record Line(List<Cell> cells, List<Note> notes) {}

    Grid(Screen screen, int indent, List<String> header) {
        this.screen = screen;
        this.indent = indent;
        this.widths = new int[header.size()];
        row(header.stream()
                .map(title -> new Cell(Printable.of(title), Tint.FAINT))
                .toList());
    }

    Grid(Screen screen, int indent, String... header) {
        this(screen, indent, Arrays.asList(header));
    }

    void row(Cell... cells) {
        row(Arrays.asList(cells));
    }

    void row(List<Cell> cells) {
        flushIfWide();
        Line line = new Line(cells, new ArrayList<>());
        if (!streaming) {
            for (int i = 0; i < widths.length; i++) {
                widths[i] = Math.max(widths[i], Printable.width(cells.get(i).text()));
            }
            waiting.add(line);
        } else {
            print(line);
        }
    }

    /** A line of its own under the last row. */
    void note(Tint tint, String text) {
        if (streaming) {
            screen.note(indent + 2, tint, text);
        } else {
            waiting.getLast().notes().add(new Note(tint, text));
        }
    }

    /** Prints what still waits. */
    void end() {
        waiting.forEach(this::print);
        waiting.clear();
        streaming = true;
    }

    private void flushIfWide() {
        if (!streaming && waiting.size() > ROWS_THAT_GIVE_THE_WIDTHS) {
            end();
        }
    }

    private void print(Line line) {
        StringBuilder text = new StringBuilder(" ".repeat(indent));
        for (int i = 0; i < widths.length; i++) {
            Cell cell = line.cells().get(i);
            text.append(cell.tint().paint(cell.text(), screen.isColoured()));
            if (i < widths.length - 1) {
                text.repeat(' ', Math.max(0, widths[i] - Printable.width(cell.text())))
                        .append(GAP);
            }
        }
        screen.line(text.toString().stripTrailing());
        line.notes().forEach(note -> screen.note(indent + 2, note.tint(), note.text()));
    }
}
