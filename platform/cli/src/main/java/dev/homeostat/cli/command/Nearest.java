package dev.homeostat.cli.command;

import java.util.Collection;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds which word somebody may have meant, of those that only the command knows; the host does the same with its own. The distance is Levenshtein's, where two
 * neighbours that changed places count as one edit (optimal string alignment).
 */
public final class Nearest {
    private Nearest() {}

    /** The nearest, if it is near for its length. */
    public static Optional<String> of(String given, Collection<String> candidates) {
        return candidates.stream()
                .filter(candidate ->
                        distance(given, candidate) <= Math.max(1, Math.max(given.length(), candidate.length()) / 3))
                .min(Comparator.comparingInt(candidate -> distance(given, candidate)));
    }

    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int substituted = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(substituted, 1 + Math.min(last[j], row[j - 1]));
                if (i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1)) {
                    row[j] = Math.min(row[j], beforeLast[j - 2] + 1);
                }
            }
            beforeLast = last;
            last = row;
        }
        return last[b.length()];
    }
}
