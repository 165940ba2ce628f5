package dev.homeostat.host.view;

import dev.homeostat.api.tree.NearestName;
import java.util.Collection;

/** The question that leads from a mistyped word to the right one. */
public final class Nearest {
    private Nearest() {}

    /** Such as {@code did you mean "files"? }, with a blank at its end, or nothing. */
    public static String hint(String given, Collection<String> candidates) {
        return NearestName.find(given, candidates)
                .map(candidate -> "did you mean \"" + candidate + "\"? ")
                .orElse("");
    }
}
