package dev.homeostat.api.db;

import dev.homeostat.api.db.internal.KeyAccess;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The bytes of a key, ordered as unsigned bytes, and so as the values that it was encoded from. Immutable.
 *
 * <p>Made by a {@link KeyType}, which also turns it back into its value and into text.
 */
public final class Key implements Comparable<Key> {
    static {
        KeyAccess.set(new KeyAccess() {
            @Override
            public byte[] bytes(Key key) {
                return key.bytes;
            }

            @Override
            public Key wrap(byte[] bytes) {
                return new Key(bytes);
            }

            @Override
            public <K> byte[] encode(KeyType<K> type, K value) {
                return type.toBytes(value);
            }
        });
    }

    private final byte[] bytes;

    Key(byte[] bytes) {
        this.bytes = bytes;
    }

    /** A key of a copy of these bytes. */
    public static Key of(byte... bytes) {
        return new Key(bytes.clone());
    }

    /** A copy of the key's bytes. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** The key's own bytes, for who changes nothing. */
    byte[] ownBytes() {
        return bytes;
    }

    /** The number of bytes. */
    public int length() {
        return bytes.length;
    }

    @Override
    public int compareTo(Key other) {
        return Arrays.compareUnsigned(bytes, other.bytes);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Key key && Arrays.equals(bytes, key.bytes);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(bytes);
    }

    /** The bytes in hexadecimal; {@link TableSpec#formatKey} gives what a person reads. */
    @Override
    public String toString() {
        return HexFormat.of().formatHex(bytes);
    }
}
