package dev.homeostat.host.handover;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.RejectedRow;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * A table without its classes.
 *
 * @param rows in the order of their revisions
 * @param revision of the table when it was removed
 * @param unwritten those that the codec could not write
 */
record CarriedTable(String name, List<RowDocument> rows, long revision, List<RejectedRow> unwritten) {
    /** All of it as of that snapshot. */
    static <T> CarriedTable of(Table<T> table, RowCodec<T> codec, ReadTxn txn, Instant now) {
        TableSpec<T> spec = table.spec();
        List<RowDocument> rows = new ArrayList<>();
        List<RejectedRow> unwritten = new ArrayList<>();
        for (Row<T> row : table.byRevision(txn, 0)) {
            try {
                rows.add(RowDocument.of(spec, codec, row));
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                unwritten.add(unwritten(spec, row, e, false, now));
            }
        }
        return new CarriedTable(spec.name(), rows, table.revision(txn), unwritten);
    }

    /** What is kept of a row that its codec cannot write: what it says of itself. */
    static <T> RejectedRow unwritten(TableSpec<T> spec, Row<T> row, Throwable why, boolean deleted, Instant now) {
        String reason = "its codec could not write it: " + Why.of(why);
        return new RejectedRow(
                spec.name(), RowDocument.key(spec, row), Tree.scalar(text(row.value())), reason, deleted, now);
    }

    private static String text(Object row) {
        try {
            return row.toString();
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return "a " + row.getClass().getName();
        }
    }
}
