package dev.homeostat.api.db;

import java.util.List;
import java.util.function.ToLongFunction;

/** An index on a signed 64-bit number that is never boxed. */
public final class LongIndex<T> extends Index<T, Long> {
    private final ToLongFunction<? super T> key;

    LongIndex(String name, boolean unique, ToLongFunction<? super T> key) {
        super(name, Keys.LONG, unique, row -> List.of(key.applyAsLong(row)));
        this.key = key;
    }

    /** The key of a row. */
    public long key(T row) {
        return key.applyAsLong(row);
    }

    /** The rows that have exactly this key. */
    public Query<T> query(long key) {
        return Query.exact(this, key);
    }

    @Override
    public Query<T> queryKey(Key encoded) {
        return Query.exact(this, keyType().decode(encoded).longValue());
    }

    @Override
    public Query<T> lowerBound(Long from) {
        return lowerBound(from.longValue());
    }

    @Override
    public Query<T> range(Long from, Long to) {
        return Query.range(this, from, to - 1);
    }

    /** The rows with a key of at least this one. */
    public Query<T> lowerBound(long from) {
        return Query.range(this, from, Long.MAX_VALUE);
    }
}
