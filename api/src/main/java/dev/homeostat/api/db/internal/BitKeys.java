package dev.homeostat.api.db.internal;

/**
 * The form of the keys of bit prefixes, for the key types that write it and the trie that searches by it.
 *
 * <p>Such a key is: the bits of the prefix, zeros up to a place that those bits alone fix, and one byte that says how many of the bits before it do not count,
 * taken from 0xfe, so that the shorter of two prefixes comes first where their bits agree. So keys order by their bits, each prefix before all that it
 * contains, and one prefix contains another when its bits are the first ones of the other's. Where a type has no longest prefix, {@link #CONTINUED} in the place
 * of that byte says that more follows; it belongs to the bits then.
 */
public final class BitKeys {
    /** In the place of the last byte: this is not the end. */
    public static final int CONTINUED = 0xff;

    private static final int ALL_COUNT = 0xfe;

    private BitKeys() {}

    /** The number of bits that count, from the first on. */
    public static int bits(byte[] key) {
        return (key.length - 1) * Byte.SIZE - unused(key[key.length - 1]);
    }

    /** The last byte of a key where so many of the bits before it, at most 254, do not count. */
    public static byte lastByte(int unused) {
        return (byte) (ALL_COUNT - unused);
    }

    /** The number of bits that do not count, from the last byte; negative for {@link #CONTINUED}. */
    public static int unused(int lastByte) {
        return ALL_COUNT - (lastByte & 0xff);
    }

    /** Whether {@link #bits} can be asked: true for every key that was written in this form, and enough for a search not to leave the key. */
    public static boolean isKey(byte[] key) {
        return key.length > 0 && unused(key[key.length - 1]) >= 0 && bits(key) >= 0;
    }
}
