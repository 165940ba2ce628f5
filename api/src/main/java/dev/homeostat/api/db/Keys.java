package dev.homeostat.api.db;

import java.net.InetAddress;
import java.time.Instant;
import java.util.UUID;

/** The key types that most tables need. Keys order as their values do, byte by byte. */
public final class Keys {
    /** Text, ordered by code points (its UTF-8 bytes). Half a surrogate pair is refused: it has no UTF-8 form. */
    public static final KeyType<String> STRING = new TextKey();

    /** Bytes, ordered as unsigned ones; people write them in hexadecimal. The array must not be changed as long as it is in a row. */
    public static final KeyType<byte[]> BYTES = new BytesKey();

    /** Numbers from 0 to 255. */
    public static final KeyType<Integer> UINT8 = NumberKey.ofInt("UINT8", 1, 0, 0xff);

    /** Numbers from 0 to 65 535. */
    public static final KeyType<Integer> UINT16 = NumberKey.ofInt("UINT16", 2, 0, 0xffff);

    /** Numbers from 0 to 2³² − 1. */
    public static final KeyType<Long> UINT32 = NumberKey.ofLong("UINT32", 4, 0, 0xffff_ffffL);

    /** Numbers from 0 to 2⁶⁴ − 1, held in a {@code long} as {@link Long#compareUnsigned} and its sisters read it. */
    public static final KeyType<Long> UINT64 = new UnsignedLongKey();

    /** Numbers from −128 to 127. */
    public static final KeyType<Integer> INT8 = NumberKey.ofInt("INT8", 1, Byte.MIN_VALUE, Byte.MAX_VALUE);

    /** Numbers from −32 768 to 32 767. */
    public static final KeyType<Integer> INT16 = NumberKey.ofInt("INT16", 2, Short.MIN_VALUE, Short.MAX_VALUE);

    /** Signed 32-bit numbers. */
    public static final KeyType<Integer> INT32 = NumberKey.ofInt("INT32", 4, Integer.MIN_VALUE, Integer.MAX_VALUE);

    /** Signed 64-bit numbers. Where the key is a primitive, {@link Index#uniqueLong} is faster. */
    public static final KeyType<Long> INT64 = NumberKey.ofLong("INT64", 8, Long.MIN_VALUE, Long.MAX_VALUE);

    /** Another name of {@link #INT64}. */
    public static final KeyType<Long> LONG = INT64;

    /** False, then true. */
    public static final KeyType<Boolean> BOOLEAN = new BooleanKey();

    /** UUIDs, ordered as their text is, that is as unsigned bytes: {@link UUID#compareTo} compares them as signed numbers. */
    public static final KeyType<UUID> UUID = new UuidKey();

    /** Points in time, to the nanosecond. */
    public static final KeyType<Instant> INSTANT = new InstantKey();

    /** IP addresses: those of version 4 first, then by their bytes. A scope of an IPv6 address is not part of the key. */
    public static final KeyType<InetAddress> IP_ADDRESS = new AddressKey();

    /** IP prefixes: those of version 4 first, then by address, then the shorter first. In a {@link PrefixIndex} for the longest match. */
    public static final PrefixKey<IpPrefix> IP_PREFIX = new IpPrefixKey();

    /** Prefixes of bits, by their bits, then the shorter first. In a {@link PrefixIndex} for the longest match. */
    public static final PrefixKey<BitPrefix> BIT_PREFIX = new BitPrefixKey();

    private Keys() {}

    /** The constants of an enum, in the order in which they are declared; people write their names. */
    public static <E extends Enum<E>> KeyType<E> enumOf(Class<E> type) {
        return new EnumKey<>(type);
    }

    /** Pairs, ordered by the first part, then by the second. */
    public static <A, B> PairKey<A, B> pair(KeyType<A> first, KeyType<B> second) {
        return new PairKey<>(first, second);
    }

    /** Triples, ordered by the first part, then by the second, then by the third. */
    public static <A, B, C> TripleKey<A, B, C> triple(KeyType<A> first, KeyType<B> second, KeyType<C> third) {
        return new TripleKey<>(first, second, third);
    }
}
