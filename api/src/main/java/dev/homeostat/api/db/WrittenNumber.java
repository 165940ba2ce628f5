package dev.homeostat.api.db;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Whole numbers as people write them: {@code 4711}, {@code -5}, {@code 1_000_000}, {@code 0x1f}. */
final class WrittenNumber {
    private static final Pattern NUMBER = Pattern.compile("([+-]?)(0[xX])?([0-9a-fA-F]+(?:_[0-9a-fA-F]+)*)");

    private final String digits;
    private final int radix;

    private WrittenNumber(String text) {
        Matcher matcher = NUMBER.matcher(text);
        if (!matcher.matches()) {
            throw new NumberFormatException(text);
        }
        this.digits = matcher.group(1) + matcher.group(3).replace("_", "");
        this.radix = matcher.group(2) == null ? 10 : 16;
    }

    /** @throws NumberFormatException if it is none, or beyond 64 bits */
    static long signed(String text) {
        WrittenNumber number = new WrittenNumber(text);
        return Long.parseLong(number.digits, number.radix);
    }

    /** @throws NumberFormatException if it is none, negative, or beyond 64 bits */
    static long unsigned(String text) {
        WrittenNumber number = new WrittenNumber(text);
        return Long.parseUnsignedLong(number.digits, number.radix);
    }
}
