package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Watch;
import dev.homeostat.statedb.tree.RevisionCursor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The rows of one state of a table from a revision on, in the order of their revisions. */
final class RevisionRows<T> implements Rows<T> {
    private final ReadTxn txn;
    private final TableState<T> state;
    private final long from;

    RevisionRows(ReadTxn txn, TableState<T> state, long from) {
        this.txn = txn;
        this.state = state;
        this.from = from;
    }

    @Override
    public Iterator<Row<T>> iterator() {
        return new ByRevision<>(new RevisionCursor(state.byRevision(), from, state.revision()));
    }

    @Override
    public long count() {
        return state.byRevision().countFrom(from);
    }

    @Override
    public Watch watch() {
        return WriteTransaction.watch(txn, state.byRevision());
    }

    private static final class ByRevision<T> implements Iterator<Row<T>> {
        private final RevisionCursor cursor;
        private @Nullable Object next;

        ByRevision(RevisionCursor cursor) {
            this.cursor = cursor;
            this.next = cursor.next();
        }

        @Override
        public boolean hasNext() {
            return next != null;
        }

        @Override
        @SuppressWarnings("unchecked") // the vector holds rows of this table
        public Row<T> next() {
            if (next == null) {
                throw new NoSuchElementException();
            }
            Row<T> row = (Row<T>) next;
            next = cursor.next();
            return row;
        }
    }
}
