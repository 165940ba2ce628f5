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
    protected void writePrefix(String text, KeyOutput out) {
        out.writeBytes(parse(text));
    }

    @Override
    protected void writePartPrefix(String text, KeyOutput out) {
        out.writeDelimitedBeginning(parse(text));
    }

    /** Without what people put before and between the bytes: {@code 0x00ff1c}, {@code 00:ff:1c}, {@code 00-ff-1c}. */
    private static String digits(String text) {
        String bytes = text.startsWith("0x") || text.startsWith("0X") ? text.substring(2) : text;
        return bytes.matches("\\w\\w([:-]\\w\\w)+") ? bytes.replaceAll("[:-]", "") : bytes;
    }

    @Override
    public byte[] parse(String text) {
        try {
            return HexFormat.of().parseHex(digits(text));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not bytes in hexadecimal, such as 00ff1c", e);
        }
    }
}
