package dev.homeostat.api.db;

import java.nio.charset.StandardCharsets;

/** The key types that most tables need. Keys order as their values do, byte by byte. */
public final class Keys {
    /** Text, ordered by code points (its UTF-8 bytes). */
    public static final KeyType<String> STRING = new KeyType<>() {
        @Override
        protected void write(String value, KeyOutput out) {
            out.writeBytes(value.getBytes(StandardCharsets.UTF_8));
        }

        @Override
        protected String read(KeyInput in) {
            return new String(in.readRemaining(), StandardCharsets.UTF_8);
        }

        @Override
        public String format(String value) {
            return value;
        }

        @Override
        public String parse(String text) {
            return text;
        }
    };

    /** Signed 64-bit numbers. */
    public static final KeyType<Long> LONG = new KeyType<>() {
        @Override
        protected void write(Long value, KeyOutput out) {
            out.writeLong(value ^ Long.MIN_VALUE);
        }

        @Override
        protected Long read(KeyInput in) {
            return in.readLong() ^ Long.MIN_VALUE;
        }

        @Override
        public String format(Long value) {
            return value.toString();
        }

        @Override
        public Long parse(String text) {
            try {
                return Long.valueOf(text);
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException("\"" + text + "\" is not a whole number of 64 bits", e);
            }
        }
    };

    private Keys() {}
}
