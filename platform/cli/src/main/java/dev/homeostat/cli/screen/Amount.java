package dev.homeostat.cli.screen;

/** Says how many there are of something. */
public final class Amount {
    private Amount() {}

    /** {@code 1 row}, {@code 20 rows}. */
    public static String of(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
