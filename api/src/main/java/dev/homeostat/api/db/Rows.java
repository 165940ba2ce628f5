package dev.homeostat.api.db;

import java.util.Iterator;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * The answer to a query: rows in the order of the queried index.
 *
 * <p>It can be iterated again and again with equal results, also while the write transaction that it came from goes on. A row that matches by several of
 * its keys appears once, at its smallest matching key. Nothing is searched before the first use.
 */
public interface Rows<T> extends Iterable<Row<T>> {
    @Override
    Iterator<Row<T>> iterator();

    /** The first row, or null when there is none. */
    default @Nullable Row<T> first() {
        Iterator<Row<T>> rows = iterator();
        return rows.hasNext() ? rows.next() : null;
    }

    /** The number of rows; takes time in proportion to it, but for all rows of a table. */
    long count();

    /** A token that closes when this answer changed; when it is stale already, it comes closed. */
    Watch watch();

    /** The rows as a sequential stream. */
    default Stream<Row<T>> stream() {
        return StreamSupport.stream(spliterator(), false);
    }

    /** The values as a sequential stream. */
    default Stream<T> values() {
        return stream().map(Row::value);
    }
}
