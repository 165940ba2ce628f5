package dev.homeostat.api.db;

import java.util.UUID;

/** The sixteen bytes of a UUID. */
final class UuidKey extends KeyType<UUID> {
    @Override
    protected void write(UUID value, KeyOutput out) {
        out.writeLong(value.getMostSignificantBits());
        out.writeLong(value.getLeastSignificantBits());
    }

    @Override
    protected UUID read(KeyInput in) {
        return new UUID(in.readLong(), in.readLong());
    }

    @Override
    public String format(UUID value) {
        return value.toString();
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    public String kind() {
        return "UUIDs";
    }

    @Override
    public UUID parse(String text) {
        String grouped = text.replaceFirst("^(\\w{8})(\\w{4})(\\w{4})(\\w{4})(\\w{12})$", "$1-$2-$3-$4-$5");
        // UUID.fromString also takes shorter groups, which no one writes on purpose.
        if (grouped.length() != 36) {
            throw new IllegalArgumentException(expected(text));
        }
        try {
            return UUID.fromString(grouped);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
    }

    private static String expected(String text) {
        return "\"" + text + "\" is not a UUID such as 123e4567-e89b-12d3-a456-426614174000";
    }
}
