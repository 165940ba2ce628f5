package dev.homeostat.api.db;

/** Takes the bytes of one key apart, in big-endian order. Used by one thread. Reading past the end throws {@link IllegalArgumentException}. */
public final class KeyInput {
    private final Key key;
    private final byte[] bytes;
    private int position;

    KeyInput(Key key) {
        this.key = key;
        this.bytes = key.ownBytes(); // only read, and copied where it is given out
    }

    /** The number of bytes that are left. */
    public int remaining() {
        return bytes.length - position;
    }

    /** The next byte, 0 to 255. */
    public int readByte() {
        if (position == bytes.length) {
            throw new IllegalArgumentException("key " + key + " is too short");
        }
        return bytes[position++] & 0xff;
    }

    /** The next two bytes, 0 to 65535. */
    public int readShort() {
        return readByte() << 8 | readByte();
    }

    /** The next four bytes. */
    public int readInt() {
        return readShort() << 16 | readShort();
    }

    /** The next eight bytes. */
    public long readLong() {
        return (long) readInt() << 32 | (readInt() & 0xffff_ffffL);
    }

    /** All bytes that are left. */
    public byte[] readRemaining() {
        byte[] rest = new byte[remaining()];
        System.arraycopy(bytes, position, rest, 0, rest.length);
        position = bytes.length;
        return rest;
    }

    /** The bytes that {@link KeyOutput#writeDelimited} wrote. */
    public byte[] readDelimited() {
        KeyOutput out = new KeyOutput();
        while (true) {
            int next = readByte();
            if (next == 0) {
                switch (readByte()) {
                    case 0xff -> {}
                    case 0x01 -> {
                        return out.toBytes();
                    }
                    default -> throw new IllegalArgumentException("key " + key + ": a part does not end as it should");
                }
            }
            out.writeByte(next);
        }
    }
}
