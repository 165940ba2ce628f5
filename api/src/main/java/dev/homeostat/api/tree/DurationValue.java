package dev.homeostat.api.tree;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations: whole numbers with a unit, {@code 100ms}, {@code 1h30m}, or as ISO 8601 has them, {@code PT0.1S}. */
final class DurationValue implements ValueCodec {
    static final DurationValue INSTANCE = new DurationValue();

    private static final Map<String, ChronoUnit> UNITS = units();
    private static final Pattern PART = Pattern.compile("(\\d{1,18})(ns|us|ms|s|m|h|d)");
    private static final Pattern WHOLE = Pattern.compile("-?(" + PART + ")+");

    private DurationValue() {}

    @Override
    public String kind() {
        return "a duration such as 500ms, 10s or 5m";
    }

    @Override
    public Tree encode(Object value) {
        return Tree.scalar(format((Duration) value));
    }

    @Override
    public @Nullable Duration decode(Tree tree, Decoding at) {
        Object value = tree instanceof Tree.Scalar scalar ? scalar.value() : null;
        if (value instanceof Number) {
            at.problem(
                    tree.place(),
                    "expected " + kind() + ", but " + value + " has no unit; write " + value + "s for seconds");
            return null;
        }
        Duration duration = value instanceof String text ? parse(text) : null;
        if (duration == null) {
            at.unexpected(tree, kind());
        }
        return duration;
    }

    @Override
    public Tree annotated(String text) {
        return Tree.scalar(text);
    }

    /** In the largest unit that gives a whole number; {@link #parse} gives it back. */
    static String format(Duration duration) {
        if (duration.isZero()) {
            return "0s";
        }
        for (Map.Entry<String, ChronoUnit> unit : UNITS.entrySet()) {
            Duration one = unit.getValue().getDuration();
            long count = count(duration, one);
            if (Math.abs(count) < 1_000_000_000_000L && one.multipliedBy(count).equals(duration)) {
                return count + unit.getKey();
            }
        }
        return duration.toString();
    }

    private static long count(Duration duration, Duration one) {
        try {
            return duration.dividedBy(one);
        } catch (ArithmeticException e) { // more than 64 bits of small units: a larger unit or ISO says it
            return Long.MAX_VALUE;
        }
    }

    private static @Nullable Duration parse(String text) {
        try {
            return WHOLE.matcher(text).matches() ? sum(text) : Duration.parse(text);
        } catch (DateTimeException | ArithmeticException e) {
            return null;
        }
    }

    private static Duration sum(String text) {
        Duration sum = Duration.ZERO;
        List<String> seen = new ArrayList<>();
        for (Matcher part = PART.matcher(text); part.find(); ) {
            seen.add(part.group(2));
            sum = sum.plus(Long.parseLong(part.group(1)), UNITS.get(part.group(2)));
        }
        List<String> ordered = UNITS.keySet().stream().filter(seen::contains).toList();
        if (!seen.equals(ordered)) {
            throw new DateTimeException("units go from large to small, each once");
        }
        return text.startsWith("-") ? sum.negated() : sum;
    }

    private static Map<String, ChronoUnit> units() {
        Map<String, ChronoUnit> units = new LinkedHashMap<>();
        units.put("d", ChronoUnit.DAYS);
        units.put("h", ChronoUnit.HOURS);
        units.put("m", ChronoUnit.MINUTES);
        units.put("s", ChronoUnit.SECONDS);
        units.put("ms", ChronoUnit.MILLIS);
        units.put("us", ChronoUnit.MICROS);
        units.put("ns", ChronoUnit.NANOS);
        return units;
    }
}
