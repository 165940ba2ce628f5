package dev.homeostat.api.db;

import java.util.HexFormat;

/** Bytes as they are. */
final class BytesKey extends KeyType<byte[]> {
    @Override
    byte[] toBytes(byte[] value) {
        return value.clone();
    }

    @Override
    protected void write(byte[] value, KeyOutput out) {
        out.writeBytes(value);
    }

    @Override
    protected byte[] read(KeyInput in) {
        return in.readRemaining();
    }

    @Override
    protected void writePart(byte[] value, KeyOutput out) {
        out.writeDelimited(value);
    }

    @Override
    protected byte[] readPart(KeyInput in) {
        return in.readDelimited();
    }

    @Override
    public String format(byte[] value) {
        return HexFormat.of().formatHex(value);
    }

    @Override
    public String kind() {
        return "bytes in hexadecimal, such as 00ff1c";
    }

    @Override
    public byte[] parse(String text) {
        try {
            return HexFormat.of().parseHex(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not bytes in hexadecimal, such as 00ff1c", e);
        }
    }
}
