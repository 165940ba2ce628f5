package dev.homeostat.host.verify;

import dev.homeostat.host.disk.DiskReason;
import dev.homeostat.host.plugin.PluginRefusedException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sums of the jars that may run, in a file as {@code sha256sum} writes it: a line has 64 hexadecimal digits and then whatever helps a person; lines that are empty or begin with {@code #} say nothing. It
 * is read anew for each jar, so a sum can be added while the host runs. A list that cannot be read allows nothing.
 */
public final class AllowList {
    private static final Pattern LINE = Pattern.compile("\\\\?([0-9a-fA-F]{64})(\\s.*)?");
    private static final AllowList ALL = new AllowList(Path.of(""), "");

    private final Path file;
    private final String shown;

    private AllowList(Path file, String shown) {
        this.file = file;
        this.shown = shown;
    }

    /** Allows whatever there is. */
    public static AllowList everything() {
        return ALL;
    }

    /**
     * The setting {@code plugins.allow}.
     *
     * @param setting a path relative to the home; empty for none
     */
    public static AllowList of(Path home, String setting) {
        return setting.isBlank() ? ALL : new AllowList(home.resolve(setting), setting);
    }

    /** Whether sums matter. */
    boolean isSet() {
        return !shown.isEmpty();
    }

    /**
     * Lets a jar pass.
     *
     * @param sha256 in hexadecimal digits
     * @throws PluginRefusedException if it is not on the list, or there is no telling
     */
    void check(String sha256) {
        if (isSet() && !sums().contains(sha256.toLowerCase(Locale.ROOT))) {
            throw new PluginRefusedException(
                    "its SHA-256 sum " + sha256 + " is not in " + shown + " (plugins.allow)",
                    "if you trust the jar, add a line with that sum");
        }
    }

    private Set<String> sums() {
        List<String> lines;
        try {
            lines = Files.readAllLines(file);
        } catch (IOException e) {
            throw new PluginRefusedException(
                    "the list of allowed plugins, " + shown + " (plugins.allow), cannot be read (" + DiskReason.of(e)
                            + ")",
                    "make it: sha256sum plugins/*.jar > " + shown);
        }
        Set<String> sums = new HashSet<>();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (line.isEmpty() || line.startsWith("#")) {
                continue;
            }
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new PluginRefusedException(
                        "the list of allowed plugins (plugins.allow) is not right: " + shown + ":" + (i + 1)
                                + " does not begin with the 64 hexadecimal digits of a SHA-256 sum",
                        "mend that line, or put # in front of it");
            }
            sums.add(matcher.group(1).toLowerCase(Locale.ROOT));
        }
        return sums;
    }
}
