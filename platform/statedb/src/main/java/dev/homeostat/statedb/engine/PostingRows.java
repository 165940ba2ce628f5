package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.watch.Watched;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.function.BiPredicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The rows of one posting after the other; where a row may be in several, a filter says in which it appears. */
final class PostingRows<T> implements Iterator<Row<T>> {
    private final Supplier<? extends @Nullable Posting> postings;
    private final @Nullable BiPredicate<Posting, Row<T>> filter;
    private @Nullable Iterator<Row<T>> rows;
    private @Nullable Posting posting;
    private @Nullable Row<T> next;

    PostingRows(Supplier<? extends @Nullable Posting> postings, @Nullable BiPredicate<Posting, Row<T>> filter) {
        this.postings = postings;
        this.filter = filter;
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

    private @Nullable Row<T> advance() {
        while (true) {
            Row<T> row = rows != null && rows.hasNext() ? rows.next() : firstOfNextPosting();
            if (row == null || filter == null || posting == null || filter.test(posting, row)) {
                return row;
            }
        }
    }

    @SuppressWarnings("unchecked") // postings hold rows of one table
    private @Nullable Row<T> firstOfNextPosting() {
        posting = postings.get();
        if (posting == null) {
            return null;
        }
        Watched set = posting.rows();
        if (set instanceof StoredRow<?> only) {
            rows = null;
            return (Row<T>) only;
        }
        rows = RowSet.rows(set);
        return rows.next();
    }
}
