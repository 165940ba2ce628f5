package dev.homeostat.host.handover;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.RowOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table without its classes.
 *
 * @param rows in the order of their revisions
 * @param revision of the table when it was removed
 * @param unwritten those that the codec could not write
 */
record CarriedTable(String name, List<RowDocument> rows, long revision, List<RejectedRow> unwritten) {
    /** All of it as of that snapshot. */
    static <T> CarriedTable of(Table<T> table, RowCodec<T> codec, RowOwners owners, ReadTxn txn, Instant now) {
        TableSpec<T> spec = table.spec();
        List<RowDocument> rows = new ArrayList<>();
        List<RejectedRow> unwritten = new ArrayList<>();
        for (Row<T> row : table.byRevision(txn, 0)) {
            try {
                rows.add(RowDocument.of(spec, codec, owners, row));
            } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
                unwritten.add(unwritten(spec, row, e, false, now, owners.ownerOf(spec.name(), row.key())));
            }
        }
        return new CarriedTable(spec.name(), rows, table.revision(txn), unwritten);
    }

    /** What is kept of a row that its codec cannot write: what it says of itself. */
    static <T> RejectedRow unwritten(
            TableSpec<T> spec, Row<T> row, Throwable why, boolean deleted, Instant now, @Nullable RowOwner owner) {
        String reason = "its codec could not write it: " + Why.of(why);
        return new RejectedRow(
                spec.name(), RowDocument.key(spec, row), Tree.scalar(text(row.value())), reason, deleted, now, owner);
    }

    /** All of it, as rows that no table took over. */
    List<RejectedRow> setAside(String reason, Instant now) {
        List<RejectedRow> all = new ArrayList<>(unwritten);
        rows.forEach(row -> all.add(row.setAside(name, reason, now)));
        return all;
    }

    private static String text(Object row) {
        try {
            return row.toString();
        } catch (RuntimeException | LinkageError | StackOverflowError | AssertionError e) {
            return "a " + row.getClass().getName();
        }
    }
}
