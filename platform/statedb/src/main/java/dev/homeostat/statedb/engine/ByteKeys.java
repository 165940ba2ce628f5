package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.InvalidKeyException;
import dev.homeostat.api.db.internal.KeyAccess;
import java.util.Arrays;
import java.util.Collection;
import org.jspecify.annotations.Nullable;

/** Takes the keys of one index out of rows, as bytes: ordered, each once. */
final class ByteKeys<T, K> {
    private static final KeyAccess KEYS = KeyAccess.get();
    private static final byte[][] NONE = {};

    private final String table;
    private final Index<T, K> index;
    private final Class<?> rowType;

    ByteKeys(String table, Index<T, K> index, Class<?> rowType) {
        this.table = table;
        this.index = index;
        this.rowType = rowType;
    }

    /** The one key that a primary index must find in a row. */
    byte[] only(T value) {
        if (index.hasSingleKey()) {
            K key = index.singleKey(value);
            if (key == null) {
                throw invalid("found no key, but a primary index needs exactly one");
            }
            return KEYS.encode(index.keyType(), key);
        }
        byte[][] keys = all(value);
        if (keys.length != 1) {
            throw invalid("found " + keys.length + " keys, but a primary index needs exactly one");
        }
        return keys[0];
    }

    /** All keys of a row. */
    byte[][] all(T value) {
        if (index.hasSingleKey()) {
            K key = index.singleKey(value);
            return key == null ? NONE : new byte[][] {KEYS.encode(index.keyType(), key)};
        }
        Iterable<? extends @Nullable K> keys = index.keys(value);
        if (keys == null) {
            throw invalid("its function gave null; give an empty collection for no keys");
        }
        byte[][] encoded = new byte[keys instanceof Collection<?> c ? c.size() : 4][];
        int count = 0;
        for (K key : keys) {
            if (key == null) {
                throw invalid("its function gave a null among the keys");
            }
            if (count == encoded.length) {
                encoded = Arrays.copyOf(encoded, count * 2 + 1);
            }
            encoded[count++] = KEYS.encode(index.keyType(), key);
        }
        return distinct(encoded, count);
    }

    /** Whether a row has at most one key, told without computing it where that is possible. */
    boolean atMostOne(T value) {
        return index.hasSingleKey() || (index.keys(value) instanceof Collection<?> keys && keys.size() <= 1);
    }

    private static byte[][] distinct(byte[][] keys, int count) {
        int distinct = count;
        if (count > 1) {
            Arrays.sort(keys, 0, count, Arrays::compareUnsigned);
            distinct = 1;
            for (int i = 1; i < count; i++) {
                if (!Arrays.equals(keys[i], keys[distinct - 1])) {
                    keys[distinct++] = keys[i];
                }
            }
        }
        return distinct == keys.length ? keys : Arrays.copyOf(keys, distinct);
    }

    private InvalidKeyException invalid(String problem) {
        return new InvalidKeyException("table \"" + table + "\": index \"" + index.name() + "\": for a row of "
                + rowType.getName() + " " + problem);
    }
}
