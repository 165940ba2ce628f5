package dev.homeostat.cli.screen;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Rows in aligned columns. Waits for the first rows to know the widths; from then on each row is printed as it comes, so that a table of any size can be shown
 * without being held. Where the terminal is too narrow, columns get narrower or are left out, see {@link ColumnWidths}: what does not fit goes on in the next line, unless it is a
 * value that may be cut. Where it is much too narrow, each cell has a line of its own, with its title.
 */
public final class Grid {
    private static final int ROWS_THAT_GIVE_THE_WIDTHS = 500;
    private static final String GAP = "  ";

    private final Screen screen;
    private final int indent;
    private final List<String> header;
    private final ColumnWidths widths;
    private final List<Line> waiting = new ArrayList<>();
    private boolean streaming;

    /**
     * A cell of a row; the text is printed as it is, but for what a terminal would obey.
     *
     * @param mayBeCut whether it is cut with an ellipsis where its column is too narrow
     */
    public record Cell(String text, Tint tint, boolean mayBeCut) {
        public Cell(String text, Tint tint) {
            this(text, tint, false);
        }

        public static Cell of(Object value) {
            return new Cell(Printable.of(value.toString()), Tint.PLAIN);
        }

        public static Cell state(String state) {
            return new Cell(Printable.of(state), Tint.of(state));
        }

        public static Cell cut(String value, int columns) {
            return new Cell(Printable.cut(Printable.of(value), columns), Tint.PLAIN, true);
        }

        private List<String> parts(int width) {
            return mayBeCut ? List.of(Printable.cut(text, width)) : Wrapping.broken(text, width);
        }
    }

    private record Note(Tint tint, String text) {}

    private record Line(List<Cell> cells, List<Note> notes) {}

    public Grid(Screen screen, int indent, List<String> header) {
        this.screen = screen;
        this.indent = indent;
        this.header = header.stream().map(Printable::of).toList();
        this.widths = new ColumnWidths(header.size(), screen.columns() == 0 ? 0 : screen.columns() - indent);
        row(this.header.stream().map(title -> new Cell(title, Tint.FAINT)).toList());
    }

    public Grid(Screen screen, int indent, String... header) {
        this(screen, indent, Arrays.asList(header));
    }

    /** Columns that are left out, one after the other, where there is no room for all; before the first row. */
    public Grid sparing(String... titles) {
        for (String title : titles) {
            widths.maySpare(header.indexOf(title));
        }
        return this;
    }

    public void row(Cell... cells) {
        row(Arrays.asList(cells));
    }

    public void row(List<Cell> cells) {
        flushIfWide();
        Line line = new Line(cells, new ArrayList<>());
        if (!streaming) {
            for (int i = 0; i < cells.size(); i++) {
                Cell cell = cells.get(i);
                widths.seen(i, Printable.width(cell.text()));
                if (cell.mayBeCut()) {
                    widths.hasValues(i);
                }
            }
            waiting.add(line);
        } else {
            print(line);
        }
    }

    /** A line of its own under the last row. */
    public void note(Tint tint, String text) {
        if (streaming) {
            screen.note(indent + 2, tint, text);
        } else {
            waiting.getLast().notes().add(new Note(tint, text));
        }
    }

    /** Prints what still waits, and which columns were left out. */
    public void end() {
        begin();
        List<String> spared = widths.spared().stream().map(header::get).toList();
        if (!spared.isEmpty()) {
            screen.text(indent, Tint.FAINT, "the terminal is too narrow for: " + String.join(", ", spared));
        }
    }

    private void begin() {
        if (!streaming) {
            widths.fit(GAP.length());
            (widths.areLines() ? waiting.subList(1, waiting.size()) : waiting).forEach(this::print);
            waiting.clear();
            streaming = true;
        }
    }

    private void flushIfWide() {
        if (!streaming && waiting.size() > ROWS_THAT_GIVE_THE_WIDTHS) {
            begin();
        }
    }

    private void print(Line line) {
        if (widths.areLines()) {
            printAsLines(line);
        } else {
            printInColumns(line);
        }
        line.notes().forEach(note -> screen.note(indent + 2, note.tint(), note.text()));
    }

    private void printAsLines(Line line) {
        for (int i = 0; i < header.size(); i++) {
            Cell cell = line.cells().get(i);
            if (!cell.text().isEmpty()) {
                String title = header.get(i) + ": ";
                List<String> parts = cell.parts(Math.max(1, screen.columns() - indent - Printable.width(title)));
                screen.line(" ".repeat(indent)
                        + screen.tinted(Tint.FAINT, title)
                        + cell.tint().paint(parts.getFirst(), screen.isColoured()));
                parts.stream()
                        .skip(1)
                        .forEach(part -> screen.line(" ".repeat(indent + Printable.width(title))
                                + cell.tint().paint(part, screen.isColoured())));
            }
        }
    }

    private void printInColumns(Line line) {
        List<Integer> shown = widths.shown();
        List<List<String>> parts = shown.stream()
                .map(i -> line.cells().get(i).parts(widths.narrowed(i)))
                .toList();
        int height = parts.stream().mapToInt(List::size).max().orElse(0);
        for (int k = 0; k < height; k++) {
            StringBuilder text = new StringBuilder(" ".repeat(indent));
            for (int i = 0; i < shown.size(); i++) {
                String part = k < parts.get(i).size() ? parts.get(i).get(k) : "";
                Cell cell = line.cells().get(shown.get(i));
                text.append(cell.tint().paint(part, screen.isColoured()));
                if (i < shown.size() - 1) {
                    text.repeat(' ', Math.max(0, widths.of(shown.get(i)) - Printable.width(part)))
                            .append(GAP);
                }
            }
            screen.line(text.toString().stripTrailing());
        }
    }
}
