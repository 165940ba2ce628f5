package dev.homeostat.api.source;

import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.List;

/**
 * Rows that are wanted in one table.
 *
 * @param table the table's name
 * @param place where the table was named
 * @param rows the rows as documents
 */
public record DesiredRows(String table, Place place, List<Tree> rows) {
    public DesiredRows {
        rows = List.copyOf(rows);
    }
}
