package dev.homeostat.api.db;

import dev.homeostat.api.db.internal.BitKeys;

/** Groups of eight bytes, the last one filled up with zeros; after each a byte that says whether another group follows, or how many bits of this one do not count. */
final class BitPrefixKey extends PrefixKey<BitPrefix> {
    private static final int GROUP = 8;

    @Override
    byte[] toBytes(BitPrefix value) {
        byte[] bytes = value.array();
        int groups = Math.max(1, (bytes.length + GROUP - 1) / GROUP);
        byte[] key = new byte[groups * (GROUP + 1)];
        for (int group = 0; group < groups; group++) {
            int from = group * GROUP;
            int to = group * (GROUP + 1);
            System.arraycopy(bytes, from, key, to, Math.min(GROUP, bytes.length - from));
            key[to + GROUP] = (byte) BitKeys.CONTINUED;
        }
        key[key.length - 1] = BitKeys.lastByte(groups * GROUP * Byte.SIZE - value.length());
        return key;
    }

    @Override
    protected BitPrefix read(KeyInput in) {
        KeyOutput out = new KeyOutput();
        int length = 0;
        while (true) {
            out.writeLong(in.readLong());
            length += GROUP * Byte.SIZE;
            int end = in.readByte();
            if (end != BitKeys.CONTINUED) {
                int unused = BitKeys.unused(end);
                if (unused > GROUP * Byte.SIZE || (unused == GROUP * Byte.SIZE && length > unused)) {
                    throw new IllegalArgumentException(
                            "a prefix cannot end with " + unused + " bits that do not count");
                }
                return BitPrefix.exactly(out.toBytes(), length - unused);
            }
        }
    }

    @Override
    public boolean contains(BitPrefix outer, BitPrefix inner) {
        return outer.contains(inner);
    }

    @Override
    public String format(BitPrefix value) {
        return value.toString();
    }

    @Override
    public String kind() {
        return "bit prefixes, such as c0a0/12";
    }

    @Override
    public BitPrefix parse(String text) {
        return BitPrefix.parse(text);
    }
}
