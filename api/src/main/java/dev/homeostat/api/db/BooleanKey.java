package dev.homeostat.api.db;

import java.util.Locale;

/** One byte, 0 or 1. */
final class BooleanKey extends KeyType<Boolean> {
    @Override
    protected void write(Boolean value, KeyOutput out) {
        out.writeByte(value ? 1 : 0);
    }

    @Override
    protected Boolean read(KeyInput in) {
        int value = in.readByte();
        if (value > 1) {
            throw new IllegalArgumentException(value + " is no boolean key: it is 0 or 1");
        }
        return value == 1;
    }

    @Override
    public String format(Boolean value) {
        return value.toString();
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    public String kind() {
        return "true or false";
    }

    @Override
    public Boolean parse(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException("\"" + text + "\" is neither true nor false");
        };
    }
}
