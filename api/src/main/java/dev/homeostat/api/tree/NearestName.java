package dev.homeostat.api.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/**
 * Finds the name that somebody meant, by edit distance (insertions, deletions, replacements, swaps of neighbours: the optimal string alignment distance),
 * with case, {@code -} and {@code _} ignored.
 */
final class NearestName {
    private NearestName() {}

    /** {@code did you mean "x"?}, or all of the names when none is near. */
    static String hint(String name, Collection<String> known) {
        return find(name, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElseGet(() -> known.isEmpty() ? "there are none" : "known are " + String.join(", ", sorted(known)));
    }

    /** The nearest of the names, if one is near: at most a third of its letters differ. */
    static Optional<String> find(String name, Collection<String> known) {
        String wanted = plain(name);
        return sorted(known).stream()
                .filter(candidate -> distance(wanted, plain(candidate)) <= Math.max(1, candidate.length() / 3))
                .min(Comparator.comparingInt(candidate -> distance(wanted, plain(candidate))));
    }

    private static Collection<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    private static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            for (int j = 0; j <= b.length(); j++) {
                d[i][j] = Math.min(i, j) == 0 ? Math.max(i, j) : step(d, a, b, i, j);
            }
        }
        return d[a.length()][b.length()];
    }

    private static int step(int[][] d, String a, String b, int i, int j) {
        int replaced = d[i - 1][j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        int best = Math.min(replaced, Math.min(d[i - 1][j], d[i][j - 1]) + 1);
        boolean swapped = i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
        return swapped ? Math.min(best, d[i - 2][j - 2] + 1) : best;
    }
}
