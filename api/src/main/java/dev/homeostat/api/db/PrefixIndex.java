package dev.homeostat.api.db;

import java.util.function.Function;

/**
 * An index whose keys are prefixes: IP prefixes, or prefixes of any bits. It is asked for the longest of its prefixes that contains something, or for those
 * that something contains. IPv4 and IPv6 may be in one index; neither contains anything of the other.
 *
 * <p>What has no bits after it, such as an address, is a prefix of full length: {@link IpPrefix#of}, {@link BitPrefix#of(byte[])}.
 */
public final class PrefixIndex<T, K> extends Index<T, K> {
    private final PrefixKey<K> prefixes;

    PrefixIndex(
            String name,
            PrefixKey<K> keyType,
            boolean unique,
            Function<? super T, ? extends Iterable<? extends K>> keys) {
        super(name, keyType, unique, keys);
        this.prefixes = keyType;
    }

    @Override
    public PrefixKey<K> keyType() {
        return prefixes;
    }

    /**
     * The longest match: the rows of the longest prefix in the index that contains this one, or is it. Its watch closes also when a longer one comes that contains it. Not a
     * lookup: to delete a row by its prefix, use {@link #exact}.
     */
    @Override
    public Query<T> query(K key) {
        return Query.longest(this, prefixes.encode(key));
    }

    /** The rows that have exactly this prefix. */
    public Query<T> exact(K prefix) {
        return queryKey(prefixes.encode(prefix));
    }

    /**
     * The rows that have exactly this encoded prefix.
     *
     * @throws IllegalArgumentException if it is not the key of a prefix
     */
    @Override
    public Query<T> queryKey(Key key) {
        return Query.exact(this, prefixes.checked(key, this));
    }

    /** The rows with a prefix that this one contains, or that is this one; those of the shortest come first where bits agree. */
    @Override
    public Query<T> prefix(K prefix) {
        return prefixKey(prefixes.encode(prefix));
    }

    /**
     * The same as {@link #prefix}, of an encoded prefix: it is the bits that must agree, not the bytes.
     *
     * @throws IllegalArgumentException if it is not the key of a prefix
     */
    @Override
    public Query<T> prefixKey(Key prefix) {
        return Query.prefix(this, prefixes.checked(prefix, this));
    }
}
