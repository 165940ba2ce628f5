package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import java.util.function.Function;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * An index of a table: a name, the type of its keys, and the function that gives a row's keys.
 *
 * <p>Usually a constant beside the row's class: a table knows an index by its identity, so queries are made with the very object that the table was made with. It holds no state of any database and may serve many. It also makes the {@linkplain Query queries}
 * that are answered by it. Key functions must be pure and fast: they run inside write transactions.
 *
 * @param <T> the type of the rows
 * @param <K> the type of the keys
 */
public sealed class Index<T, K> permits LongIndex, PrefixIndex {
    private final String name;
    private final KeyType<K> keyType;
    private final boolean unique;
    private final Function<? super T, ? extends Iterable<? extends K>> keys;

    Index(String name, KeyType<K> keyType, boolean unique, Function<? super T, ? extends Iterable<? extends K>> keys) {
        this.name = requireNonNull(name, "name");
        this.keyType = requireNonNull(keyType, "keyType");
        this.unique = unique;
        this.keys = requireNonNull(keys, "keys");
        if (name.isEmpty() || name.startsWith("__")) {
            throw new IllegalArgumentException(
                    "index \"" + name + "\": a name is not empty and does not begin with \"__\"");
        }
    }

    /** A unique index with one key a row, or none where the function gives null (not for a primary index). */
    public static <T, K> Index<T, K> unique(
            String name, KeyType<K> keyType, Function<? super T, ? extends @Nullable K> key) {
        return new Index<>(name, keyType, true, new SingleKey<>(key));
    }

    /** An index with one key a row, or none where the function gives null; many rows may have the same key. */
    public static <T, K> Index<T, K> nonUnique(
            String name, KeyType<K> keyType, Function<? super T, ? extends @Nullable K> key) {
        return new Index<>(name, keyType, false, new SingleKey<>(key));
    }

    /** An index with any number of keys a row; many rows may have the same key. Repeated keys of one row count once. */
    public static <T, K> Index<T, K> multi(
            String name, KeyType<K> keyType, Function<? super T, ? extends Iterable<? extends K>> keys) {
        return new Index<>(name, keyType, false, keys);
    }

    /** An index with any number of keys a row, each of which only one row may have. */
    public static <T, K> Index<T, K> uniqueMulti(
            String name, KeyType<K> keyType, Function<? super T, ? extends Iterable<? extends K>> keys) {
        return new Index<>(name, keyType, true, keys);
    }

    /** A unique index on a signed 64-bit number that is never boxed: the fastest kind. */
    public static <T> LongIndex<T> uniqueLong(String name, ToLongFunction<? super T> key) {
        return new LongIndex<>(name, true, key);
    }

    /** An index on a signed 64-bit number that is never boxed; many rows may have the same one. */
    public static <T> LongIndex<T> nonUniqueLong(String name, ToLongFunction<? super T> key) {
        return new LongIndex<>(name, false, key);
    }

    /** A unique index on one prefix a row, or none where the function gives null: for the longest match, see {@link PrefixIndex}. */
    public static <T, K> PrefixIndex<T, K> uniquePrefix(
            String name, PrefixKey<K> keyType, Function<? super T, ? extends @Nullable K> prefix) {
        return new PrefixIndex<>(name, keyType, true, new SingleKey<>(prefix));
    }

    /** An index on one prefix a row, or none where the function gives null; many rows may have the same one. See {@link PrefixIndex}. */
    public static <T, K> PrefixIndex<T, K> nonUniquePrefix(
            String name, PrefixKey<K> keyType, Function<? super T, ? extends @Nullable K> prefix) {
        return new PrefixIndex<>(name, keyType, false, new SingleKey<>(prefix));
    }

    /** An index on any number of prefixes a row; many rows may have the same one. Repeated prefixes of one row count once. See {@link PrefixIndex}. */
    public static <T, K> PrefixIndex<T, K> multiPrefix(
            String name, PrefixKey<K> keyType, Function<? super T, ? extends Iterable<? extends K>> prefixes) {
        return new PrefixIndex<>(name, keyType, false, prefixes);
    }

    /** An index on any number of prefixes a row, each of which only one row may have. See {@link PrefixIndex}. */
    public static <T, K> PrefixIndex<T, K> uniqueMultiPrefix(
            String name, PrefixKey<K> keyType, Function<? super T, ? extends Iterable<? extends K>> prefixes) {
        return new PrefixIndex<>(name, keyType, true, prefixes);
    }

    /** The name, unique in a table. */
    public final String name() {
        return name;
    }

    /** The type of the keys. */
    public KeyType<K> keyType() {
        return keyType;
    }

    /** Whether only one row may have a key. */
    public final boolean isUnique() {
        return unique;
    }

    /** The keys of a row: may be empty, may repeat. Throws whatever the row type's function throws. */
    public final Iterable<? extends K> keys(T row) {
        return keys.apply(row);
    }

    /** Whether the index was made with a function of one key, so that a row has that key or none. */
    public final boolean hasSingleKey() {
        return keys instanceof SingleKey;
    }

    /**
     * The only key of a row, or null when it has none.
     *
     * @throws IllegalStateException if rows may have many keys: see {@link #hasSingleKey}
     */
    public final @Nullable K singleKey(T row) {
        if (keys instanceof SingleKey<?, ?> single) {
            @SuppressWarnings("unchecked") // made with the types of this index
            Function<T, @Nullable K> function = (Function<T, @Nullable K>) single.key();
            return function.apply(row);
        }
        throw new IllegalStateException(this + ": rows may have many keys; ask keys(row)");
    }

    /** The rows that have exactly this key; of a {@link PrefixIndex}, the longest match. */
    public Query<T> query(K key) {
        return queryKey(keyType.encode(key));
    }

    /** The rows with exactly this encoded key. */
    public Query<T> queryKey(Key key) {
        return Query.exact(this, key);
    }

    /** The rows with a key that begins with the bytes of this one; for text: with these characters. */
    public Query<T> prefix(K prefix) {
        return Query.prefix(this, keyType.encode(prefix));
    }

    /** The rows with a key that begins with these bytes, such as the key type of the leading parts makes for the leading parts of composite keys. */
    public Query<T> prefixKey(Key prefix) {
        return Query.prefix(this, prefix);
    }

    /** The rows with a key of at least this one. */
    public Query<T> lowerBound(K from) {
        return Query.range(this, keyType.encode(from), null);
    }

    /** The rows with a key of at least {@code from} and below {@code to}. */
    public Query<T> range(K from, K to) {
        return Query.range(this, keyType.encode(from), keyType.encode(to));
    }

    @Override
    public String toString() {
        return (unique ? "unique index \"" : "index \"") + name + "\"";
    }
}
