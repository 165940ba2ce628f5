package dev.homeostat.benchmarks.report;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** A table of Markdown: the first columns are words, the others figures. */
final class MarkdownTable {
    private final StringBuilder text = new StringBuilder();
    private final int columns;

    /** A table with these heads, so many of them over words. */
    MarkdownTable(int words, String... heads) {
        columns = heads.length;
        row(heads);
        List<String> rules = new ArrayList<>(Collections.nCopies(words, "---"));
        rules.addAll(Collections.nCopies(columns - words, "---:"));
        row(rules.toArray(String[]::new));
    }

    /** Adds a row. */
    void row(String... cells) {
        if (cells.length != columns) {
            throw new IllegalArgumentException("a table of " + columns + " columns has no row of " + cells.length);
        }
        text.append("| ").append(String.join(" | ", cells)).append(" |\n");
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
