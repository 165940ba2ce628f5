package dev.homeostat.distribution.e2e;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Compares what a page says that a command shows with what it does show. */
final class ShownText {
    /** In a line any text, as a line any lines. */
    private static final String ANYTHING = "…";

    private static final Pattern INSTANT = Pattern.compile("\\b\\d{4}-\\d\\d-\\d\\dT[\\d:.]+Z");
    private static final Pattern DURATION =
            Pattern.compile("\\b(just now|\\d+(\\.\\d+)? ?(ms|s|m|h)\\b( \\d+(ms|s|m)\\b)?( ago)?)");

    private ShownText() {}

    static boolean matches(List<String> expected, String actual) {
        String pattern = expected.stream()
                .map(ShownText::plain)
                .filter(line -> !line.isEmpty())
                .map(line -> line.equals(ANYTHING) ? "(?:.*\n)*?" : literal(line) + "\n")
                .collect(Collectors.joining());
        String text = actual.lines()
                .map(ShownText::plain)
                .filter(line -> !line.isEmpty())
                .map(line -> line + "\n")
                .collect(Collectors.joining());
        return Pattern.matches(pattern, text);
    }

    private static String literal(String line) {
        return Arrays.stream(line.split(ANYTHING, -1)).map(Pattern::quote).collect(Collectors.joining(".*"));
    }

    /** White space and times are as good as any others. */
    private static String plain(String line) {
        String timeless = INSTANT.matcher(line).replaceAll("<instant>");
        return DURATION.matcher(timeless)
                .replaceAll("<time>")
                .replaceAll("\\s+", " ")
                .strip();
    }
}
