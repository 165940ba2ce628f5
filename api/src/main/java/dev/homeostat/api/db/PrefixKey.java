package dev.homeostat.api.db;

import dev.homeostat.api.db.internal.BitKeys;
import dev.homeostat.api.db.internal.KeyAccess;

/**
 * A type of keys that are prefixes of bit strings, for a {@link PrefixIndex}: {@link Keys#IP_PREFIX} and {@link Keys#BIT_PREFIX}.
 *
 * <p>Keys order by their bits, and each prefix comes before those that it contains.
 */
public abstract sealed class PrefixKey<K> extends KeyType<K> permits IpPrefixKey, BitPrefixKey {
    PrefixKey() {}

    /** Whether whatever begins with the second prefix begins with the first one too; so it is for two equal ones. */
    public abstract boolean contains(K outer, K inner);

    @Override
    abstract byte[] toBytes(K value);

    @Override
    protected final void write(K value, KeyOutput out) {
        out.writeBytes(toBytes(value));
    }

    /** Refuses bytes in which the index could not search. */
    final Key checked(Key key, Index<?, K> index) {
        if (!BitKeys.isKey(KeyAccess.get().bytes(key))) {
            throw new IllegalArgumentException(
                    index + ": key " + key + " is none of a prefix; encode one with the key type of the index");
        }
        return key;
    }
}
