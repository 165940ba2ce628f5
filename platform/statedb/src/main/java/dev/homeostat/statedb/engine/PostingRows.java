package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.tree.ByteCursor;
import dev.homeostat.statedb.tree.ByteNode;
import dev.homeostat.statedb.tree.LongCursor;
import dev.homeostat.statedb.tree.LongNode;
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
    private @Nullable LongCursor numbers;
    private @Nullable ByteCursor bytes;
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
            Row<T> row = nextOfPosting();
            if (row == null) {
                row = firstOfNextPosting();
            }
            if (row == null || filter == null || posting == null || filter.test(posting, row)) {
                return row;
            }
        }
    }

    @SuppressWarnings("unchecked") // postings hold rows of one table
    private @Nullable Row<T> nextOfPosting() {
        if (numbers != null) {
            return (LongRow<T>) numbers.next();
        }
        return bytes == null ? null : (ByteRow<T>) bytes.next();
    }

    @SuppressWarnings("unchecked") // postings hold rows of one table
    private @Nullable Row<T> firstOfNextPosting() {
        posting = postings.get();
        if (posting == null) {
            return null;
        }
        Watched set = posting.rows();
        numbers = set instanceof LongNode root ? LongCursor.all(root) : null;
        bytes = set instanceof ByteNode root ? ByteCursor.all(root) : null;
        return set instanceof StoredRow<?> only ? (Row<T>) only : nextOfPosting();
    }
}
