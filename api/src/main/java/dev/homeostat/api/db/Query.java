package dev.homeostat.api.db;

import org.jspecify.annotations.Nullable;

/**
 * A question to one index: made by the {@link Index}, answered by a {@link Table}. Immutable; may be kept and used again, with many databases.
 *
 * <p>A query of a {@link LongIndex} carries numbers ({@link #isLong}), any other one keys.
 */
public final class Query<T> {
    /** What is asked. */
    public enum Kind {
        /** Rows with exactly one key. */
        EXACT,
        /** Rows with the longest prefix that contains a given one; only of a {@link PrefixIndex}. */
        LONGEST,
        /** Rows with a key that begins with given bytes; of a {@link PrefixIndex}, with the bits of a given prefix. */
        PREFIX,
        /** Rows with a key of at least {@code from}, and below {@code to} where one is given. */
        RANGE
    }

    private final Index<T, ?> index;
    private final Kind kind;
    private final @Nullable Key from;
    private final @Nullable Key to;
    private final long longFrom;
    private final long longTo;

    private Query(Index<T, ?> index, Kind kind, @Nullable Key from, @Nullable Key to, long longFrom, long longTo) {
        this.index = index;
        this.kind = kind;
        this.from = from;
        this.to = to;
        this.longFrom = longFrom;
        this.longTo = longTo;
    }

    static <T> Query<T> exact(Index<T, ?> index, Key key) {
        return new Query<>(index, Kind.EXACT, key, null, 0, 0);
    }

    static <T> Query<T> longest(PrefixIndex<T, ?> index, Key prefix) {
        return new Query<>(index, Kind.LONGEST, prefix, null, 0, 0);
    }

    static <T> Query<T> prefix(Index<T, ?> index, Key prefix) {
        return new Query<>(index, Kind.PREFIX, prefix, null, 0, 0);
    }

    static <T> Query<T> range(Index<T, ?> index, Key from, @Nullable Key to) {
        return new Query<>(index, Kind.RANGE, from, to, 0, 0);
    }

    static <T> Query<T> exact(LongIndex<T> index, long key) {
        return new Query<>(index, Kind.EXACT, null, null, key, key);
    }

    static <T> Query<T> range(LongIndex<T> index, long from, long to) {
        return new Query<>(index, Kind.RANGE, null, null, from, to);
    }

    /** The index that is asked. */
    public Index<T, ?> index() {
        return index;
    }

    /** What is asked. */
    public Kind kind() {
        return kind;
    }

    /** Whether it finds at most one row. */
    public boolean isLookup() {
        return kind == Kind.EXACT && index.isUnique();
    }

    /** Whether all rows that it finds have the same key: an exact query or a longest match. */
    public boolean isOfOneKey() {
        return kind == Kind.EXACT || kind == Kind.LONGEST;
    }

    /** Whether the key is a number: {@link #longFrom}, {@link #longTo}; then there is no {@link #from}. */
    public boolean isLong() {
        return from == null;
    }

    /** The key, the prefix, or the inclusive lower bound. */
    public @Nullable Key from() {
        return from;
    }

    /** The exclusive upper bound of a range, or null. */
    public @Nullable Key to() {
        return to;
    }

    /** The number, or the inclusive lower bound. */
    public long longFrom() {
        return longFrom;
    }

    /** The number, or the inclusive upper bound. */
    public long longTo() {
        return longTo;
    }
}
