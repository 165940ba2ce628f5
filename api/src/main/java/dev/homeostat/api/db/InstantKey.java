package dev.homeostat.api.db;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.format.DateTimeParseException;

/** Seconds, as a signed number, and nanoseconds. */
final class InstantKey extends KeyType<Instant> {
    @Override
    protected void write(Instant value, KeyOutput out) {
        out.writeLong(value.getEpochSecond() ^ Long.MIN_VALUE);
        out.writeInt(value.getNano());
    }

    @Override
    protected Instant read(KeyInput in) {
        long seconds = in.readLong() ^ Long.MIN_VALUE;
        int nanos = in.readInt();
        try {
            if (nanos >= 0 && nanos < 1_000_000_000) {
                return Instant.ofEpochSecond(seconds, nanos);
            }
        } catch (DateTimeException e) {
            throw new IllegalArgumentException(seconds + " seconds are beyond the range of instants", e);
        }
        throw new IllegalArgumentException(nanos + " is no number of nanoseconds of a second");
    }

    @Override
    public String format(Instant value) {
        return value.toString();
    }

    @Override
    boolean isFixed() {
        return true;
    }

    @Override
    public String kind() {
        return "times, such as 2026-01-31T08:30:00Z";
    }

    @Override
    public Instant parse(String text) {
        try {
            return WrittenTime.parse(text);
        } catch (DateTimeParseException e) {
            throw new IllegalArgumentException("\"" + text + "\" is not a time such as 2026-01-31T08:30:00Z", e);
        }
    }
}
