package dev.homeostat.host.control;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import java.util.Iterator;
import java.util.NavigableSet;
import java.util.NoSuchElementException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Merges rows and the keys of undone deletes into one sequence, in the order of the keys; a key that has a row is no delete any more. */
final class MergedRows<T> implements Iterator<JoinedRow> {
    private final Iterator<Row<T>> rows;
    private final NavigableSet<Key> deletes;
    private final Function<Row<T>, JoinedRow> joined;
    private final Function<Key, @Nullable JoinedRow> deleted;
    private @Nullable Row<T> row;
    private @Nullable JoinedRow next;

    /** @param deletes consumed */
    MergedRows(
            Iterator<Row<T>> rows,
            NavigableSet<Key> deletes,
            Function<Row<T>, JoinedRow> joined,
            Function<Key, @Nullable JoinedRow> deleted) {
        this.rows = rows;
        this.deletes = deletes;
        this.joined = joined;
        this.deleted = deleted;
        this.row = rows.hasNext() ? rows.next() : null;
        this.next = advance();
    }

    private @Nullable JoinedRow advance() {
        while (!deletes.isEmpty()) {
            Key first = deletes.first();
            int order = row == null ? -1 : first.compareTo(row.key());
            if (order > 0) {
                break;
            }
            deletes.pollFirst();
            JoinedRow gone = order == 0 ? null : deleted.apply(first);
            if (gone != null) {
                return gone;
            }
        }
        Row<T> taken = row;
        row = rows.hasNext() ? rows.next() : null;
        return taken == null ? null : joined.apply(taken);
    }

    @Override
    public boolean hasNext() {
        return next != null;
    }

    @Override
    public JoinedRow next() {
        JoinedRow result = next;
        if (result == null) {
            throw new NoSuchElementException();
        }
        next = advance();
        return result;
    }
}
