package dev.homeostat.host.source;

import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.tree.AtMost;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Tree;
import java.util.List;

/**
 * The last good version of a unit, as it is kept in a file.
 *
 * @param format the version of this form
 * @param unit the unit's name
 * @param wanted its rows
 */
record StoredUnit(@AtMost("1") int format, String unit, List<StoredRows> wanted) {
    private static final int FORMAT = 1;

    static StoredUnit of(String unit, List<DesiredRows> rows) {
        return new StoredUnit(
                FORMAT,
                unit,
                rows.stream()
                        .map(one -> new StoredRows(one.table(), one.rows()))
                        .toList());
    }

    /** The rows; of their places, only the unit is known. */
    List<DesiredRows> rows() {
        return wanted.stream()
                .map(one -> new DesiredRows(one.table(), new Place(unit, 0), one.rows()))
                .toList();
    }

    /** Rows of one table. */
    record StoredRows(String table, List<Tree> rows) {}
}
