package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.tree.ByteLeaves;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** Rows as a cursor over a trie gives them. */
final class ByteRows<T> implements Iterator<Row<T>> {
    private final ByteLeaves leaves;
    private @Nullable Row<T> next;

    ByteRows(ByteLeaves leaves) {
        this.leaves = leaves;
        this.next = advance();
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public Row<T> next() {
        Row<T> row = next;
        if (row == null) {
            throw new NoSuchElementException();
        }
        next = advance();
        return row;
    }

    @SuppressWarnings("unchecked") // the trie holds rows of this table
    private @Nullable Row<T> advance() {
        return (ByteRow<T>) leaves.next();
    }
}
