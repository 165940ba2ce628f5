package dev.homeostat.api.db;

import java.util.Arrays;

/** Collects the bytes of one key, in big-endian order. Used by one thread. */
public final class KeyOutput {
    private byte[] buffer = new byte[16];
    private int length;

    /** An empty output. */
    public KeyOutput() {}

    /** Appends the lowest eight bits. */
    public void writeByte(int value) {
        reserve(1);
        buffer[length++] = (byte) value;
    }

    /** Appends the lowest sixteen bits. */
    public void writeShort(int value) {
        writeByte(value >> 8);
        writeByte(value);
    }

    /** Appends four bytes. */
    public void writeInt(int value) {
        writeShort(value >> 16);
        writeShort(value);
    }

    /** Appends eight bytes. */
    public void writeLong(long value) {
        writeInt((int) (value >> 32));
        writeInt((int) value);
    }

    /** Appends all of the bytes. */
    public void writeBytes(byte[] bytes) {
        reserve(bytes.length);
        System.arraycopy(bytes, 0, buffer, length, bytes.length);
        length += bytes.length;
    }

    /**
     * Appends bytes in a form that ends itself and keeps the order: 0x00 becomes 0x00 0xff, and 0x00 0x01 ends it. For the parts of composite keys that have no
     * fixed length.
     */
    public void writeDelimited(byte... bytes) {
        writeDelimitedBeginning(bytes);
        writeShort(0x0001);
    }

    /** Appends what {@link #writeDelimited} appends for all bytes that begin with these. */
    public void writeDelimitedBeginning(byte... bytes) {
        for (byte b : bytes) {
            writeByte(b);
            if (b == 0) {
                writeByte(0xff);
            }
        }
    }

    /** The key of what was written so far. */
    public Key toKey() {
        return new Key(toBytes());
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer, length);
    }

    private void reserve(int more) {
        if (length + more > buffer.length) {
            buffer = Arrays.copyOf(buffer, Math.max(buffer.length * 2, length + more));
        }
    }
}
