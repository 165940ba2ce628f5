package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusSlot;
import java.util.HashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Writes statuses, and what updates learned, into the rows as they are. What one row does not take is no hindrance to the others. */
final class RowCommit<T> {
    private final RWTable<T> table;
    private final StatusSlot<T> slot;

    RowCommit(RWTable<T> table, StatusSlot<T> slot) {
        this.table = table;
        this.slot = slot;
    }

    /** Gives the keys of the rows that did not take it, each with the reason. */
    Map<Key, String> write(WriteTxn txn, Map<Key, @Nullable StatusRecord<T>> changes) {
        Map<Key, String> refused = Map.of();
        for (Map.Entry<Key, @Nullable StatusRecord<T>> change : changes.entrySet()) {
            StatusRecord<T> record = change.getValue();
            String reason = record == null || record.isDelete() ? null : write(txn, record);
            if (reason != null) {
                refused = refused.isEmpty() ? new HashMap<>() : refused;
                refused.put(change.getKey(), reason);
            }
        }
        return refused;
    }

    /** Gives the reason when the row does not take it. One that is gone, or desires something else by now, needs it no more. */
    private @Nullable String write(WriteTxn txn, StatusRecord<T> record) {
        if (isWrittenToSeen(txn, record)) {
            return null;
        }
        Row<T> row = table.get(txn, table.spec().lookup(record.key()));
        if (row == null) {
            return null;
        }
        try {
            return slot.generation(row.value(), row.revision())
                            == record.status().generation()
                    ? write(txn, row, record)
                    : null;
        } catch (RuntimeException
                | LinkageError
                | AssertionError
                | StackOverflowError
                        e) { // the functions of the slot, of what was learned and of the indexes are others' code
            return Reason.of(e);
        }
    }

    /** Most rows are as they were seen last, which the write itself finds out: that saves a look at them. Whatever is in its way, the long way tells. */
    private boolean isWrittenToSeen(WriteTxn txn, StatusRecord<T> record) {
        Row<T> row = record.row();
        if (row == null || record.learned() != null) {
            return false;
        }
        try {
            return slot.generation(row.value(), row.revision())
                            == record.status().generation()
                    && !record.status().equals(stamped(row))
                    && table.compareAndSwap(
                            txn, row.revision(), slot.committed(row.value(), row.revision(), record.status()));
        } catch (RuntimeException | LinkageError | AssertionError | StackOverflowError e) {
            return false;
        }
    }

    private @Nullable String write(WriteTxn txn, Row<T> row, StatusRecord<T> record) {
        T present = row.value();
        UnaryOperator<T> learned = record.learned();
        if (learned == null && record.status().equals(stamped(row))) {
            return null;
        }
        T changed = learned == null ? present : learned.apply(present);
        if (changed == null) {
            return "what the update learned: the function gave null; it must give the row";
        }
        if (learned != null && !slot.statuses().sameButFor(slot, present, changed)) {
            return "what the update learned: the function changed the status of another reconciler";
        }
        T next = slot.committed(changed, row.revision(), record.status());
        if (table.compareAndSwap(txn, row.revision(), next)) {
            return null;
        }
        return learned == null
                ? slot + ": setting it changed the primary key of the row"
                : "what the update learned: the function changed the primary key of the row";
    }

    private Status stamped(Row<T> row) {
        Status status = slot.get(row.value());
        return (status == null ? Status.pending() : status).stampedAt(row.revision());
    }
}
