package dev.homeostat.api.db;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.regex.Pattern;

/** Points in time as people write them: {@code 2026-01-31T08:30:00Z}, and what they leave out of it. A time without a zone is in UTC, a day alone its beginning. */
final class WrittenTime {
    private static final Pattern DAY = Pattern.compile("\\d{4}-\\d\\d-\\d\\d");
    private static final Pattern WITHOUT_ZONE =
            Pattern.compile("\\d{4}-\\d\\d-\\d\\d[Tt ]\\d\\d:\\d\\d(:\\d\\d(\\.\\d{1,9})?)?");

    private WrittenTime() {}

    /** @throws DateTimeParseException if it is none */
    static Instant parse(String text) {
        String plain = text.replace(' ', 'T');
        if (DAY.matcher(plain).matches()) {
            return LocalDate.parse(plain).atStartOfDay().toInstant(ZoneOffset.UTC);
        }
        if (WITHOUT_ZONE.matcher(plain).matches()) {
            return LocalDateTime.parse(plain).toInstant(ZoneOffset.UTC);
        }
        try {
            return Instant.parse(plain);
        } catch (DateTimeParseException e) {
            return OffsetDateTime.parse(plain).toInstant(); // takes no seconds too
        }
    }
}
