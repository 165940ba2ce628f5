package dev.homeostat.api.db;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.api.tree.TreeForm;
import java.util.Arrays;
import java.util.HexFormat;

/**
 * The first bits of a string of bits, the first bit of each byte being its highest: what MAC addresses, hashes or numbers of any length have in common. Immutable.
 *
 * <p>As text it is the bytes in hexadecimal and the number of bits that count, such as {@code c0a0/12}.
 */
public final class BitPrefix implements TreeForm {
    /** The largest number of bits: 2²⁴, that is 2 MiB. */
    public static final int MAX_LENGTH = 1 << 24;

    private final byte[] bytes;
    private final int length;

    private BitPrefix(byte[] bytes, int length) {
        this.bytes = bytes;
        this.length = length;
    }

    /**
     * All bits of these bytes.
     *
     * @throws IllegalArgumentException if they are more than {@link #MAX_LENGTH}
     */
    public static BitPrefix of(byte[] bytes) {
        return of(bytes, (int) Math.min(Integer.MAX_VALUE, (long) bytes.length * Byte.SIZE));
    }

    /**
     * The first bits of these bytes; what follows is not looked at.
     *
     * @throws IllegalArgumentException if there are not so many bits, or they are more than {@link #MAX_LENGTH}
     */
    public static BitPrefix of(byte[] bytes, int length) {
        long most = Math.min(MAX_LENGTH, (long) bytes.length * Byte.SIZE);
        if (length < 0 || length > most) {
            throw new IllegalArgumentException(
                    written(bytes, length) + ": the length of such a prefix is 0 to " + most);
        }
        byte[] kept = Arrays.copyOf(bytes, (length + Byte.SIZE - 1) / Byte.SIZE);
        if (length % Byte.SIZE != 0) {
            kept[kept.length - 1] &= (byte) (0xff00 >> length % Byte.SIZE);
        }
        return new BitPrefix(kept, length);
    }

    /**
     * Reads {@code bytes/length}, the bytes in hexadecimal, or bytes alone, of which all bits count.
     *
     * @throws IllegalArgumentException if the text is something else, or bits after the prefix are set
     */
    public static BitPrefix parse(String text) {
        int slash = text.indexOf('/');
        byte[] bytes = Keys.BYTES.parse(slash < 0 ? text : text.substring(0, slash));
        if (slash < 0) {
            return of(bytes);
        }
        try {
            return exactly(bytes, Integer.parseInt(text, slash + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\": after the slash belongs the number of bits", e);
        }
    }

    /**
     * Reads the text of a document as {@link #parse} does.
     *
     * @throws DocumentException if it is something else
     */
    public static BitPrefix fromTree(Tree tree) {
        return PrefixText.read(tree, "a bit prefix such as c0a0/12", BitPrefix::parse);
    }

    @Override
    public Tree toTree() {
        return Tree.scalar(toString());
    }

    /** The prefix of those bytes, refused where a bit after it is set. */
    static BitPrefix exactly(byte[] bytes, int length) {
        BitPrefix prefix = of(bytes, length);
        if (!Arrays.equals(bytes, Arrays.copyOf(prefix.bytes, bytes.length))) {
            throw new IllegalArgumentException(
                    written(bytes, length) + ": bits after the prefix are set; the prefix is " + prefix);
        }
        return prefix;
    }

    /** The number of bits, 0 to {@link #MAX_LENGTH}. */
    public int length() {
        return length;
    }

    /** A copy of the bytes that hold the bits; what is left in the last one is 0. */
    public byte[] bytes() {
        return bytes.clone();
    }

    /** Whether the other one begins with this one; so it is for two equal ones. */
    public boolean contains(BitPrefix other) {
        return length <= other.length && of(other.bytes, length).equals(this);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof BitPrefix prefix && length == prefix.length && Arrays.equals(bytes, prefix.bytes);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(bytes) + length;
    }

    /** {@code bytes/length}; {@link #parse} takes it back. */
    @Override
    public String toString() {
        return written(bytes, length);
    }

    private static String written(byte[] bytes, int length) {
        return HexFormat.of().formatHex(bytes) + "/" + length;
    }

    /** The bytes themselves: never to be changed. */
    byte[] array() {
        return bytes;
    }
}
