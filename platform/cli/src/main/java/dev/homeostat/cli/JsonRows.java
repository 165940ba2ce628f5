package dev.homeostat.cli;

import java.io.PrintStream;

/** Prints one JSON document with the rows first, one a line, and then what the host says of them. */
final class JsonRows implements RowPrinter {
    private final PrintStream out;
    private String separator = "{\"rows\": [\n  ";

    JsonRows(PrintStream out) {
        this.out = out;
    }

    @Override
    public void row(Doc row) {
        out.append(separator).append(Json.compact(row.fields()));
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
