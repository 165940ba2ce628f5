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

    private final Index<T, K> index;
    private final IndexFault fault;

    ByteKeys(Index<T, K> index, IndexFault fault) {
        this.index = index;
        this.fault = fault;
    }

    /** The one key that a primary index must find in a row. */
    byte[] only(T value) {
        if (index.hasSingleKey()) {
            byte[] key = single(value);
            if (key == null) {
                throw invalid("found no key, but a primary index needs exactly one");
            }
            return key;
        }
        byte[][] keys = many(value);
        if (keys.length != 1) {
            throw invalid("found " + keys.length + " keys, but a primary index needs exactly one");
        }
        return keys[0];
    }

    /** All keys of a row. */
    byte[][] all(T value) {
        if (index.hasSingleKey()) {
            byte[] key = single(value);
            return key == null ? NONE : new byte[][] {key};
        }
        return many(value);
    }

    private byte @Nullable [] single(T value) {
        try {
            K key = index.singleKey(value);
            return key == null ? null : KEYS.encode(index.keyType(), key);
        } catch (Throwable t) { // whatever the row type's function throws
            throw fault.of(t);
        }
    }

    private byte[][] many(T value) {
        byte[][] encoded;
        int count = 0;
        try {
            Iterable<? extends @Nullable K> keys = index.keys(value);
            if (keys == null) {
                throw new InvalidKeyException("its function gave null; give an empty collection for no keys");
            }
            encoded = new byte[keys instanceof Collection<?> c ? c.size() : 4][];
            for (K key : keys) {
                if (key == null) {
                    throw new InvalidKeyException("its function gave a null among the keys");
                }
                if (count == encoded.length) {
                    encoded = Arrays.copyOf(encoded, count * 2 + 1);
                }
                encoded[count++] = KEYS.encode(index.keyType(), key);
            }
        } catch (Throwable t) { // whatever the row type's function throws
            throw fault.of(t);
        }
        return distinct(encoded, count);
    }

    /** Whether a row has at most one key, told without computing it where that is possible. */
    boolean atMostOne(T value) {
        try {
            return index.hasSingleKey() || (index.keys(value) instanceof Collection<?> keys && keys.size() <= 1);
        } catch (Throwable t) { // whatever the row type's function throws
            throw fault.of(t);
        }
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
        return fault.invalidKey(problem);
    }
}
