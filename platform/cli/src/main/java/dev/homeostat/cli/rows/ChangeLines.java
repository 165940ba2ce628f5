package dev.homeostat.cli.rows;

import dev.homeostat.cli.screen.Ages;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.StatusText;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.Doc;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Changes of rows for people, one a line, as they come: nobody knows what is to come, so columns only grow. */
final class ChangeLines {
    private static final DateTimeFormatter TIME =
            DateTimeFormatter.ofPattern("HH:mm:ss'Z'").withZone(ZoneOffset.UTC);
    private static final int MOST_COLUMNS_OF_A_VALUE = 40;
    private static final String GAP = "  ";

    private final Screen screen;
    private final List<String> columns;
    private int keyWidth = 3;
    private int statusWidth = 6;
    private boolean begun;

    /** @param columns the fields to show; empty for those that there are */
    ChangeLines(Screen screen, List<String> columns) {
        this.screen = screen;
        this.columns = columns;
    }

    void print(Doc change) {
        Ages ages = new Ages(change.time("now"));
        String key = Printable.of(change.text("key"));
        Doc statuses = change.doc("status");
        String status = Printable.of(RowGrid.status(change, statuses, ages));
        keyWidth = Math.max(keyWidth, Math.min(MOST_COLUMNS_OF_A_VALUE, Printable.width(key)));
        statusWidth = Math.max(statusWidth, Math.min(MOST_COLUMNS_OF_A_VALUE, Printable.width(status)));
        if (!begun) {
            begun = true;
            screen.line(screen.tinted(
                    Tint.FAINT,
                    "TIME       CHANGE" + GAP + padded("KEY", keyWidth) + GAP + padded("STATUS", statusWidth) + GAP
                            + "FIELDS"));
        }
        screen.line((TIME.format(change.time("now"))
                        + GAP
                        + padded(change.text("change"), 6)
                        + GAP
                        + padded(key, keyWidth)
                        + GAP
                        + RowGrid.tint(statuses).paint(status, screen.isColoured())
                        + " ".repeat(Math.max(0, statusWidth - Printable.width(status)))
                        + GAP
                        + fields(change))
                .stripTrailing());
        statuses.fields().forEach((reconciler, value) -> {
            Doc one = Doc.of(value);
            if (!one.text("error").isEmpty()) {
                screen.note(2, Tint.BAD, StatusText.failure(reconciler, one, ages));
            }
        });
    }

    private String fields(Doc change) {
        if (!change.text("text").isEmpty()) {
            return Printable.cut(Printable.of(change.text("text")), 2 * MOST_COLUMNS_OF_A_VALUE);
        }
        Doc values = change.doc("values");
        Collection<String> shown = columns.isEmpty() ? values.fields().keySet() : columns;
        StringBuilder line = new StringBuilder();
        for (String field : shown) {
            Object value = field.equals("revision") && !values.fields().containsKey(field)
                    ? change.fields().get(field)
                    : Selection.value(values, field);
            if (value != null && (!columns.isEmpty() || !Objects.equals(text(value), change.text("key")))) {
                line.append(line.isEmpty() ? "" : " ")
                        .append(Printable.of(field))
                        .append('=')
                        .append(cut(value));
            }
        }
        return line.toString();
    }

    private static String cut(Object value) {
        return Printable.cut(Printable.of(text(value)), MOST_COLUMNS_OF_A_VALUE);
    }

    private static String text(@Nullable Object value) {
        return RowGrid.text(value);
    }

    private static String padded(String text, int width) {
        return text + " ".repeat(Math.max(0, width - Printable.width(text)));
    }
}
