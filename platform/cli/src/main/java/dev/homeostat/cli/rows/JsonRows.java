package dev.homeostat.cli.rows;

import dev.homeostat.cli.wire.Doc;
import dev.homeostat.cli.wire.Json;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Prints one JSON document with the rows first, one a line, and then what the host says of them. */
public final class JsonRows implements RowPrinter {
    private final PrintStream out;
    private final List<String> columns;
    private String separator = "{\"rows\": [\n  ";

    public JsonRows(PrintStream out) {
        this(out, List.of());
    }

    /** @param columns the fields to print; empty for all */
    JsonRows(PrintStream out, List<String> columns) {
        this.out = out;
        this.columns = columns;
    }

    /** The row with these of its fields only; with all where none is named. */
    static Doc selected(Doc row, List<String> columns) {
        if (columns.isEmpty() || !row.fields().containsKey("values")) {
            return row;
        }
        Map<String, @Nullable Object> values = new LinkedHashMap<>();
        for (String column : columns) {
            Object value = Selection.value(row.doc("values"), column);
            if (value != null) {
                values.put(column, value);
            }
        }
        return row.with("values", values);
    }

    @Override
    public void row(Doc row) {
        out.append(separator).append(Json.compact(selected(row, columns).fields()));
        separator = ",\n  ";
    }

    @Override
    public void end(Doc answer) {
        out.append(separator.startsWith("{") ? "{\"rows\": []" : "\n]");
        answer.fields()
                .forEach((name, value) ->
                        out.append(", ").append(Json.compact(name)).append(": ").append(Json.compact(value)));
        out.append("}\n");
    }
}
