package dev.homeostat.cli.overview;

/** Says how many there are of something. */
final class Amount {
    private Amount() {}

    /** {@code 1 row}, {@code 20 rows}. */
    static String of(long number, String what) {
        return number + " " + what + (number == 1 ? "" : "s");
    }
}
