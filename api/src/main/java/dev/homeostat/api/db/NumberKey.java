package dev.homeostat.api.db;

import java.util.function.LongFunction;

/** Whole numbers within bounds, as their distance from the lower bound. */
final class NumberKey<N extends Number> extends KeyType<N> {
    private final String name;
    private final int bytes;
    private final long min;
    private final long max;
    private final LongFunction<N> box;

    private NumberKey(String name, int bytes, long min, long max, LongFunction<N> box) {
        this.name = name;
        this.bytes = bytes;
        this.min = min;
        this.max = max;
        this.box = box;
    }

    static NumberKey<Integer> ofInt(String name, int bytes, int min, int max) {
        return new NumberKey<>(name, bytes, min, max, number -> (int) number);
    }

    static NumberKey<Long> ofLong(String name, int bytes, long min, long max) {
        return new NumberKey<>(name, bytes, min, max, number -> number);
    }

    @Override
    byte[] toBytes(N value) {
        long distance = distance(value);
        byte[] key = new byte[bytes];
        for (int i = bytes - 1; i >= 0; i--) {
            key[i] = (byte) distance;
            distance >>>= Byte.SIZE;
        }
        return key;
    }

    @Override
    protected void write(N value, KeyOutput out) {
        long distance = distance(value);
        for (int shift = (bytes - 1) * Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
            out.writeByte((int) (distance >>> shift));
        }
    }

    @Override
    protected N read(KeyInput in) {
        long distance = 0;
        for (int i = 0; i < bytes; i++) {
            distance = distance << Byte.SIZE | in.readByte();
        }
        return box.apply(distance + min);
    }

    @Override
    public String format(N value) {
        return value.toString();
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    public String kind() {
        return "whole numbers from " + min + " to " + max;
    }

    @Override
    public N parse(String text) {
        try {
            long number = WrittenNumber.signed(text);
            if (number >= min && number <= max) {
                return box.apply(number);
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
        throw new IllegalArgumentException(expected(text));
    }

    private long distance(N value) {
        long number = value.longValue();
        if (number < min || number > max) {
            throw new InvalidKeyException(number + " is no " + name + " key: it goes from " + min + " to " + max);
        }
        return number - min;
    }

    private String expected(String text) {
        return "\"" + text + "\" is not a whole number from " + min + " to " + max;
    }
}
