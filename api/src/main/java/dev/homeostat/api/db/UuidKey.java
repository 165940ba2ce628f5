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
    public String kind() {
        return "UUIDs";
    }

    @Override
    public UUID parse(String text) {
        // UUID.fromString also takes shorter groups, which no one writes on purpose.
        if (text.length() != 36) {
            throw new IllegalArgumentException(expected(text));
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(expected(text), e);
        }
    }

    private static String expected(String text) {
        return "\"" + text + "\" is not a UUID such as 123e4567-e89b-12d3-a456-426614174000";
    }
}
