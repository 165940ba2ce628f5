package dev.homeostat.api.db;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.api.tree.TreeForm;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;

/**
 * A range of IP addresses that agree in their first bits, such as {@code 10.1.0.0/16}.
 *
 * @param address the first address of the range; all bits after {@code length} are 0
 * @param length the number of bits that agree: 0 to 32, or to 128 for IPv6
 */
public record IpPrefix(InetAddress address, int length) implements TreeForm {
    public IpPrefix {
        // Without a name or a scope; an IPv4 address in the form of IPv6 becomes one of IPv4.
        address = of(requireNonNull(address, "address").getAddress());
        byte[] bytes = address.getAddress();
        if (length < 0 || length > bytes.length * Byte.SIZE) {
            throw new IllegalArgumentException(address.getHostAddress() + "/" + length
                    + ": the length of such a prefix is 0 to " + bytes.length * Byte.SIZE);
        }
        byte[] masked = masked(bytes, length);
        if (!Arrays.equals(bytes, masked)) {
            throw new IllegalArgumentException(
                    address.getHostAddress() + "/" + length + ": bits after the prefix are set; its first address is "
                            + of(masked).getHostAddress());
        }
    }

    /** The prefix of full length that contains the address alone. */
    public static IpPrefix of(InetAddress address) {
        InetAddress plain = of(address.getAddress());
        return new IpPrefix(plain, plain.getAddress().length * Byte.SIZE);
    }

    /** The prefix of that length to which the address belongs. */
    public static IpPrefix containing(InetAddress address, int length) {
        byte[] bytes = of(address.getAddress()).getAddress();
        return new IpPrefix(of(masked(bytes, Math.clamp(length, 0, bytes.length * Byte.SIZE))), length);
    }

    /**
     * Reads {@code address/length}, or an address alone, which is a prefix of full length. Before the slash, numbers at the end of an IPv4 address may be left out that
     * are 0: {@code 10/8}. Never asks a name service.
     *
     * @throws IllegalArgumentException if the text is something else
     */
    public static IpPrefix parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return of(WrittenAddress.whole(text));
        }
        InetAddress address = WrittenAddress.beforeSlash(text.substring(0, slash));
        try {
            return new IpPrefix(address, Integer.parseInt(text, slash + 1, text.length(), 10));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("\"" + text + "\": after the slash belongs the number of bits", e);
        }
    }

    /**
     * Reads the text of a document as {@link #parse} does.
     *
     * @throws DocumentException if it is something else
     */
    public static IpPrefix fromTree(Tree tree) {
        return PrefixText.read(tree, "an IP prefix such as 10.1.0.0/16", IpPrefix::parse);
    }

    @Override
    public Tree toTree() {
        return Tree.scalar(toString());
    }

    /** Whether an address belongs to the range. */
    public boolean contains(InetAddress other) {
        byte[] bytes = other.getAddress();
        byte[] own = address.getAddress();
        return bytes.length == own.length && Arrays.equals(masked(bytes, length), own);
    }

    /** Whether all addresses of the other one belong to this one; so it is for two equal ones. */
    public boolean contains(IpPrefix other) {
        return length <= other.length && contains(other.address);
    }

    /** {@code address/length}. */
    @Override
    public String toString() {
        return address.getHostAddress() + "/" + length;
    }

    static InetAddress of(byte[] bytes) {
        try {
            return InetAddress.getByAddress(bytes);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bytes.length + " bytes are no IP address", e);
        }
    }

    private static byte[] masked(byte[] bytes, int length) {
        byte[] masked = bytes.clone();
        for (int i = 0; i < masked.length; i++) {
            int bits = Math.clamp(length - i * Byte.SIZE, 0, Byte.SIZE);
            masked[i] &= (byte) (0xff00 >> bits);
        }
        return masked;
    }
}
