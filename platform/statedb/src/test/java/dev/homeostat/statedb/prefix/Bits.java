package dev.homeostat.statedb.prefix;

import dev.homeostat.api.db.BitPrefix;
import dev.homeostat.api.db.IpPrefix;

/** Prefixes as the model sees them: text of zeros and ones, with the family of an address before them. One contains another that begins with it. */
final class Bits {
    private Bits() {}

    static String of(BitPrefix prefix) {
        return of(prefix.bytes(), prefix.length());
    }

    static String of(IpPrefix prefix) {
        byte[] address = prefix.address().getAddress();
        return (address.length == 4 ? "v4 " : "v6 ") + of(address, prefix.length());
    }

    private static String of(byte[] bytes, int length) {
        StringBuilder bits = new StringBuilder(length);
        for (int i = 0; i < length; i++) {
            bits.append((bytes[i / 8] & 0x80 >> i % 8) == 0 ? '0' : '1');
        }
        return bits.toString();
    }
}
