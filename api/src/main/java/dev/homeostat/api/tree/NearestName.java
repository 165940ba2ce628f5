package dev.homeostat.api.tree;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Finds the name that somebody meant: for messages that lead from a mistyped word to the right one. The distance of two names is the number of edits between them, an insertion, a deletion, a
 * replacement or a swap of neighbours each (Levenshtein's, as optimal string alignment); case, {@code -} and {@code _} are ignored. Safe for all threads.
 */
public final class NearestName {
    /** What is longer is no name that somebody typed, and would take long to compare. */
    private static final int LONGEST = 256;

    private NearestName() {}

    /** {@code did you mean "x"?}, or all of the names when none is near. */
    static String hint(String name, Collection<String> known) {
        return find(name, known)
                .map(nearest -> "did you mean \"" + nearest + "\"?")
                .orElseGet(() -> known.isEmpty() ? "there are none" : "known are " + String.join(", ", sorted(known)));
    }

    /**
     * The nearest of some names, if one is near: at most one edit away, or a third of the letters of the longer of the two. Of several that are equally near, the
     * first in the order of the alphabet.
     *
     * @param name as it was written; one of more than 256 characters is near to nothing
     * @param known what it can be, in any order
     */
    public static Optional<String> find(String name, Collection<String> known) {
        if (name.length() > LONGEST) {
            return Optional.empty();
        }
        String wanted = plain(name);
        return known.stream()
                .filter(candidate -> candidate.length() <= LONGEST)
                .map(candidate -> new Near(candidate, distance(wanted, plain(candidate))))
                .filter(near -> near.distance <= Math.max(1, Math.max(name.length(), near.name.length()) / 3))
                .min(Comparator.comparingInt(Near::distance).thenComparing(Near::name))
                .map(Near::name);
    }

    private record Near(String name, int distance) {}

    private static Collection<String> sorted(Collection<String> names) {
        return names.stream().sorted().toList();
    }

    private static String plain(String name) {
        return name.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    }

    static int distance(String a, String b) {
        int[] beforeLast = new int[b.length() + 1];
        int[] last = IntStream.rangeClosed(0, b.length()).toArray();
        for (int i = 1; i <= a.length(); i++) {
            int[] row = new int[b.length() + 1];
            row[0] = i;
            for (int j = 1; j <= b.length(); j++) {
                int replaced = last[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(replaced, 1 + Math.min(last[j], row[j - 1]));
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
