package dev.homeostat.api.db;

import java.util.Arrays;
import java.util.function.ToLongFunction;

/** An index on a signed 64-bit number that is never boxed. */
public final class LongIndex<T> extends Index<T, Long> {
    private final ToLongFunction<? super T> key;

    LongIndex(String name, boolean unique, ToLongFunction<? super T> key) {
        super(name, Keys.LONG, unique, new SingleKey<>(key::applyAsLong));
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
        return range(from.longValue(), to.longValue());
    }

    /** The rows with a key of at least {@code from} and below {@code to}. */
    public Query<T> range(long from, long to) {
        return from < to ? Query.range(this, from, to - 1) : Query.range(this, 1L, 0L);
    }

    /** The same as {@link #query(long)}: a number begins with no other. */
    @Override
    public Query<T> prefix(Long prefix) {
        return query(prefix.longValue());
    }

    /** The rows with a key whose eight bytes begin with these. */
    @Override
    public Query<T> prefixKey(Key prefix) {
        byte[] lowest = Arrays.copyOf(prefix.bytes(), Long.BYTES);
        byte[] highest = lowest.clone();
        Arrays.fill(highest, Math.min(prefix.length(), Long.BYTES), Long.BYTES, (byte) 0xff);
        return prefix.length() > Long.BYTES
                ? Query.range(this, 1L, 0L)
                : Query.range(this, keyType().decode(Key.of(lowest)), keyType().decode(Key.of(highest)));
    }

    /** The rows with a key of at least this one. */
    public Query<T> lowerBound(long from) {
        return Query.range(this, from, Long.MAX_VALUE);
    }
}
