package dev.homeostat.host.view;

import java.util.Collection;
import java.util.Comparator;
import java.util.stream.IntStream;

/** Finds what somebody may have meant: the candidate at the smallest edit distance (Levenshtein), if that is small for its length. */
public final class Nearest {
    private static final int LONGEST = 256;

    private Nearest() {}

    /** A question such as {@code did you mean "files"? }, with a blank at its end, or nothing. */
    public static String hint(String given, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate -> candidate.length() <= LONGEST && given.length() <= LONGEST)
                .filter(candidate ->
                        distance(given, candidate) <= Math.max(1, Math.max(given.length(), candidate.length()) / 3))
                .min(Comparator.comparingInt(candidate -> distance(given, candidate)))
                .map(candidate -> "did you mean \"" + candidate + "\"? ")
                .orElse("");
    }

    static int distance(String a, String b) {
        int[] row = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = diagonal + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(substituted, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[b.length()];
    }
}
