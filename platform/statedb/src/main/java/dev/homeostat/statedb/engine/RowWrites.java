package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Inserted;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.RowStatuses;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.watch.Watched;
import java.util.function.BinaryOperator;
import org.jspecify.annotations.Nullable;

/** What the ways to write a row come to: whether the row that is given is stored, and as what. The {@link TableWriter} then stores it. */
final class RowWrites<T> {
    private final TableSpec<T> spec;
    private final RowFunctions<T> functions;

    RowWrites(TableSpec<T> spec) {
        this.spec = spec;
        this.functions = new RowFunctions<>(spec);
    }

    @Nullable
    Row<T> insert(TableWriter<T> writer, T value) {
        return put(writer, next(writer, value));
    }

    /** The transaction is that of the writer. */
    Inserted<T> insertWatch(TableWriter<T> writer, T value, ReadTxn txn) {
        StoredRow<T> row = next(writer, value);
        StoredRow<T> old = put(writer, row);
        return new Inserted<>(row, old, WriteTransaction.watch(txn, (Watched) row));
    }

    @Nullable
    Row<T> replace(TableWriter<T> writer, T value) {
        StoredRow<T> row = next(writer, value);
        StoredRow<T> old = other(row, writer.find(row));
        if (old != null) {
            writer.store(row, old);
        }
        return old;
    }

    @Nullable
    Row<T> apply(TableWriter<T> writer, T value) {
        StoredRow<T> row = next(writer, value);
        StoredRow<T> old = other(row, writer.find(row));
        if (old == null || !functions.sameDesired(value, old.value())) {
            writer.store(pending(writer, row), old);
        }
        return old;
    }

    @Nullable
    Row<T> modify(TableWriter<T> writer, T value, BinaryOperator<T> merge) {
        StoredRow<T> row = next(writer, value);
        StoredRow<T> old = writer.find(row);
        if (old != null) {
            StoredRow<T> merged = writer.next(functions.merged(merge, old.value(), value));
            writer.refuseMeddling(row);
            requireSameKey(merged, old, "merged");
            row = merged;
        }
        writer.store(row, other(row, old));
        return old;
    }

    boolean compareAndSwap(TableWriter<T> writer, long revision, T value) {
        StoredRow<T> row = next(writer, value);
        StoredRow<T> old = other(row, writer.find(row));
        if ((old == null ? 0 : old.revision()) != revision) {
            return false;
        }
        writer.store(row, old);
        return true;
    }

    @Nullable
    Row<T> delete(TableWriter<T> writer, T value) {
        return remove(writer, writer.find(next(writer, value)));
    }

    boolean compareAndDelete(TableWriter<T> writer, long revision, T value) {
        StoredRow<T> old = writer.find(next(writer, value));
        if (old == null || old.revision() != revision) {
            return false;
        }
        writer.remove(old);
        return true;
    }

    /** Removes a stored row if there is one. */
    @Nullable
    Row<T> remove(TableWriter<T> writer, @Nullable StoredRow<T> old) {
        if (old != null) {
            writer.remove(old);
        }
        return old;
    }

    private StoredRow<T> next(TableWriter<T> writer, T value) {
        return writer.next(requireNonNull(value, "value"));
    }

    private @Nullable StoredRow<T> put(TableWriter<T> writer, StoredRow<T> row) {
        StoredRow<T> old = other(row, writer.find(row));
        writer.store(row, old);
        return old;
    }

    /** The stored row, which must not be the very value that is given: that was most likely changed in place. */
    @SuppressWarnings("ReferenceEquality") // the very instance is meant
    private @Nullable StoredRow<T> other(StoredRow<T> given, @Nullable StoredRow<T> stored) {
        if (stored != null && stored.value() == given.value() && !spec.mayStoreAgain(given.value())) {
            throw new IllegalArgumentException("table \"" + spec.name() + "\": row " + spec.formatKey(stored.key())
                    + " is stored again as the very instance that is stored already, which snapshots still read;"
                    + " make a changed copy instead, or call immutable() on the table's specification if "
                    + given.value().getClass().getName() + " is never changed in place");
        }
        return stored;
    }

    /** The row as it is stored where it asks for something new. */
    private StoredRow<T> pending(TableWriter<T> writer, StoredRow<T> row) {
        RowStatuses<T> statuses = spec.statuses();
        if (statuses == null) {
            return row;
        }
        StoredRow<T> pending = writer.next(functions.pending(statuses, row.value()));
        writer.refuseMeddling(row);
        requireSameKey(pending, row, "pending");
        return pending;
    }

    private void requireSameKey(StoredRow<T> made, StoredRow<T> original, String what) {
        if (!RowSet.samePrimaryKey(made, original)) {
            throw new InvalidKeyException("table \"" + spec.name() + "\": the " + what + " row has primary key "
                    + spec.formatKey(made.key()) + ", but it replaces row " + spec.formatKey(original.key())
                    + "; delete one and insert the other");
        }
    }
}
