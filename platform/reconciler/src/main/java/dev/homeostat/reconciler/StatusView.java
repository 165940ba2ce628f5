package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Joins the table with what is remembered: what a status is, as of one snapshot. Safe for all threads. */
final class StatusView<T> {
    private final Setup<T> setup;
    private final Instant startedAt;

    StatusView(Setup<T> setup) {
        this.setup = setup;
        this.startedAt = setup.scheduler().instant();
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
        if (record == null) {
            return Status.pending(generation, startedAt);
        }
        Status status = record.status();
        boolean current = !record.isDelete() && status.generation() == generation;
        return current && !isMark(status) ? status : Status.pending(generation, known(status.updatedAt()));
    }

    /** What who writes a row set does not say when. */
    private static boolean isMark(Status status) {
        return status.kind() == StatusKind.PENDING && status.updatedAt().equals(Instant.EPOCH);
    }

    private Instant known(Instant updatedAt) {
        return updatedAt.equals(Instant.EPOCH) ? startedAt : updatedAt;
    }

    /** A record that is not yet one of a delete means that the delete was not come to. */
    private Status ofDelete(ReadTxn txn, StatusRecord<T> record) {
        Status status = record.status();
        return record.isDelete() ? status : Status.pending(setup.table().revision(txn), status.updatedAt());
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
