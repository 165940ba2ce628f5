package dev.homeostat.host.verify;

import dev.homeostat.host.plugin.PluginRefusedException;
import java.util.List;

/** What the name of an entry must not be: anything that leads out of the directory into which somebody unpacks it, or that a terminal would obey. */
final class EntryNames {
    private EntryNames() {}

    /**
     * Checks it.
     *
     * @param jar what messages call the jar
     * @throws PluginRefusedException names it
     */
    static void check(String jar, String name) {
        String why = why(name);
        if (!why.isEmpty()) {
            throw new PluginRefusedException(
                    jar + "has an entry \"" + ZipDirectory.printable(name) + "\": its name " + why,
                    "no build tool makes such a name; do not trust the jar");
        }
    }

    private static String why(String name) {
        if (name.isEmpty()) {
            return "is empty";
        }
        if (name.startsWith("/") || name.matches("[A-Za-z]:.*")) {
            return "is absolute";
        }
        if (name.indexOf('\\') >= 0) {
            return "has a backslash";
        }
        if (name.chars().anyMatch(Character::isISOControl)) {
            return "has a control character";
        }
        List<String> parts = List.of(name.split("/"));
        if (parts.contains("..") || parts.contains(".")) {
            return "leads out of its directory";
        }
        return parts.contains("") ? "has an empty part" : "";
    }
}
