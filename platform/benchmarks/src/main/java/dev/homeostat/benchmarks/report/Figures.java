package dev.homeostat.benchmarks.report;

import java.util.Locale;

/** Figures for people: three digits that count, at most. */
final class Figures {
    /** What stands where nothing was measured. */
    static final String NONE = "–";

    private Figures() {}

    /** A figure; {@link #NONE} for what is no number. */
    static String of(double value) {
        double size = Math.abs(value);
        if (Double.isNaN(value)) {
            return NONE;
        } else if (size >= 99.95) {
            return String.format(Locale.ROOT, "%,.0f", value);
        } else if (size >= 9.995) {
            return String.format(Locale.ROOT, "%.1f", value);
        } else {
            return String.format(Locale.ROOT, "%.2f", value);
        }
    }

    /** A figure of bytes: below a twentieth of a byte it is noise of the measurement, and none. */
    static String bytes(double value) {
        return Math.abs(value) < 0.05 ? "0" : of(value);
    }

    /** A whole number, short: {@code 100 k}, {@code 1 M}. */
    static String count(long value) {
        if (value >= 1_000_000 && value % 1_000_000 == 0) {
            return value / 1_000_000 + " M";
        } else if (value >= 1000 && value % 1000 == 0) {
            return value / 1000 + " k";
        } else {
            return Long.toString(value);
        }
    }
}
