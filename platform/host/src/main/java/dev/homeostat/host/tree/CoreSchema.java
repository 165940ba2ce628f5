package dev.homeostat.host.tree;

import java.math.BigInteger;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** What a plain scalar means: the core schema of YAML 1.2.2, section 10.3.2, without infinity and not-a-number, which JSON cannot express. */
final class CoreSchema {
    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern TRUE = Pattern.compile("true|True|TRUE");
    private static final Pattern FALSE = Pattern.compile("false|False|FALSE");
    private static final Pattern DECIMAL = Pattern.compile("[-+]?[0-9]+");
    private static final Pattern OCTAL = Pattern.compile("0o[0-7]+");
    private static final Pattern HEXADECIMAL = Pattern.compile("0x[0-9a-fA-F]+");
    private static final Pattern FRACTION = Pattern.compile("[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)([eE][-+]?[0-9]+)?");
    private static final Pattern NO_NUMBER = Pattern.compile("[-+]?\\.(inf|Inf|INF)|\\.(nan|NaN|NAN)");
    private static final int MAX_DIGITS = 1000;

    private CoreSchema() {}

    /**
     * The value: null, a boolean, a {@code Long}, a {@code BigInteger} beyond 64 bits, a {@code Double}, or the text itself.
     *
     * @throws IllegalArgumentException for what looks like a number and cannot be one; the message says why
     */
    static @Nullable Object resolve(String text) {
        if (NULL.matcher(text).matches()) {
            return null;
        } else if (TRUE.matcher(text).matches()) {
            return true;
        } else if (FALSE.matcher(text).matches()) {
            return false;
        } else if (DECIMAL.matcher(text).matches()) {
            return whole(text, 10);
        } else if (OCTAL.matcher(text).matches()) {
            return whole(text.substring(2), 8);
        } else if (HEXADECIMAL.matcher(text).matches()) {
            return whole(text.substring(2), 16);
        } else if (FRACTION.matcher(text).matches()) {
            return fraction(text);
        } else if (NO_NUMBER.matcher(text).matches()) {
            throw new IllegalArgumentException(text + " is not supported: it cannot be written in JSON");
        }
        return text;
    }

    private static Number whole(String digits, int radix) {
        if (digits.length() > MAX_DIGITS) {
            throw new IllegalArgumentException("a number of " + digits.length() + " digits is not supported");
        }
        BigInteger number = new BigInteger(digits, radix);
        return number.bitLength() < Long.SIZE ? (Number) number.longValueExact() : number;
    }

    private static Double fraction(String text) {
        double number = Double.parseDouble(text);
        if (Double.isInfinite(number)) {
            throw new IllegalArgumentException(text + " is too large for a number of 64 bits");
        }
        return number;
    }
}
