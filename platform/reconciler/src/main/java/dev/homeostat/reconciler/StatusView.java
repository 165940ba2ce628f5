package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Status;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Joins the table with what is remembered: what a status is, as of one snapshot. Safe for all threads. */
final class StatusView<T> {
    private final Setup<T> setup;

    StatusView(Setup<T> setup) {
        this.setup = setup;
    }

    /** The status of the row, or of its undone delete; null when there is neither. */
    @Nullable
    Status status(ReadTxn txn, Key key) {
        Row<T> row = setup.row(txn, key);
        StatusRecord<T> record = record(txn, key);
        if (row != null) {
            return ofRow(row, record);
        }
        return record == null ? null : ofDelete(txn, record);
    }

    private Status ofRow(Row<T> row, @Nullable StatusRecord<T> record) {
        long generation = setup.store().generation(row);
        if (record == null || record.isDelete() || record.status().generation() != generation) {
            return pendingSinceNobodyKnows(generation);
        }
        return record.status();
    }

    /** A record that is not yet one of a delete means that the delete was not come to. */
    private Status ofDelete(ReadTxn txn, StatusRecord<T> record) {
        return record.isDelete()
                ? record.status()
                : pendingSinceNobodyKnows(setup.table().revision(txn));
    }

    /** The change came at a time that nobody noted: neither a row nor a delete carries one. */
    private static Status pendingSinceNobodyKnows(long generation) {
        return Status.pending(generation, Instant.EPOCH);
    }

    /** At a snapshot from before the reconciler's start nothing is remembered. */
    private @Nullable StatusRecord<T> record(ReadTxn txn, Key key) {
        try {
            return setup.store().get(txn, key);
        } catch (TableRemovedException e) {
            return null;
        }
    }
}
