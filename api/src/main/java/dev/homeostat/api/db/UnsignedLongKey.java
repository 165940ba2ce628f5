package dev.homeostat.api.db;

/** Unsigned 64-bit numbers. */
final class UnsignedLongKey extends KeyType<Long> {
    @Override
    protected void write(Long value, KeyOutput out) {
        out.writeLong(value);
    }

    @Override
    protected Long read(KeyInput in) {
        return in.readLong();
    }

    @Override
    public String format(Long value) {
        return Long.toUnsignedString(value);
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    public String kind() {
        return "whole numbers from 0 to " + Long.toUnsignedString(-1);
    }

    @Override
    public Long parse(String text) {
        try {
            return WrittenNumber.unsigned(text);
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(
                    "\"" + text + "\" is not a whole number from 0 to " + Long.toUnsignedString(-1), e);
        }
    }
}
