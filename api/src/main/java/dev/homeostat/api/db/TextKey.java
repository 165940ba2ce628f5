package dev.homeostat.api.db;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Text as its UTF-8 bytes, which order as the code points do. */
final class TextKey extends KeyType<String> {
    @Override
    byte[] toBytes(String value) {
        refuseHalves(value);
        return value.getBytes(UTF_8);
    }

    @Override
    protected void write(String value, KeyOutput out) {
        out.writeBytes(toBytes(value));
    }

    @Override
    protected String read(KeyInput in) {
        return new String(in.readRemaining(), UTF_8);
    }

    @Override
    protected void writePart(String value, KeyOutput out) {
        out.writeDelimited(toBytes(value));
    }

    @Override
    protected String readPart(KeyInput in) {
        return new String(in.readDelimited(), UTF_8);
    }

    @Override
    protected void writePrefix(String text, KeyOutput out) {
        out.writeBytes(toBytes(text));
    }

    @Override
    protected void writePartPrefix(String text, KeyOutput out) {
        out.writeDelimitedBeginning(toBytes(text));
    }

    @Override
    public String format(String value) {
        return value;
    }

    @Override
    public String kind() {
        return "text";
    }

    @Override
    public String parse(String text) {
        return text;
    }

    /** Half a surrogate pair would become a question mark, and two different texts one key. */
    private static void refuseHalves(String value) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            if (Character.isSurrogate(c)) {
                if (Character.isLowSurrogate(c)
                        || i + 1 == value.length()
                        || !Character.isLowSurrogate(value.charAt(i + 1))) {
                    throw new InvalidKeyException("text with half a surrogate pair at position " + i
                            + " has no UTF-8 form: it cannot be a key");
                }
                i++;
            }
        }
    }
}
