package dev.homeostat.cli.screen;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Makes times in what the host says readable: to the millisecond, and how far they are from now. They stay in UTC, as in the log. */
public final class Times {
    private static final Pattern TIME =
            Pattern.compile("(\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d)(\\.\\d{1,3})?\\d*Z");

    private Times() {}

    /** {@code a refresh at 2026-01-02T03:04:05.678901234Z} becomes {@code a refresh at 2026-01-02T03:04:05.678Z (in 4s)}. */
    public static String readable(String text, Ages ages) {
        return TIME.matcher(text)
                .replaceAll(time -> Matcher.quoteReplacement(
                        brief(time.group()) + " (" + distance(Instant.parse(time.group()), ages) + ")"));
    }

    /** That time alone, to the millisecond. */
    public static String brief(String time) {
        Matcher matcher = TIME.matcher(time);
        return matcher.matches() ? matcher.group(1) + (matcher.group(2) == null ? "" : matcher.group(2)) + "Z" : time;
    }

    private static String distance(Instant time, Ages ages) {
        return time.isAfter(ages.now()) ? ages.until(time) : ages.ago(time);
    }
}
