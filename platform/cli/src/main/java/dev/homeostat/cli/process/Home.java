package dev.homeostat.cli.process;

import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The home of the host that is asked.
 *
 * @param directory absolute
 * @param named what named it, for messages: {@code --home}, {@code HOMEOSTAT_HOME}, {@code the installation}
 * @param option what to write after {@code homeostat} so that another call asks the same host, with a blank before it; empty when nothing is needed
 */
public record Home(Path directory, String named, String option) {
    private static final Pattern COMMAND =
            Pattern.compile("\\bhomeostat (?=(status|plugins|db|reconcilers|explain|wait)\\b)");

    public static Home of(@Nullable String flag, Surroundings surroundings) {
        if (flag != null) {
            Path directory = surroundings.directory().resolve(flag).normalize();
            return new Home(directory, "--home", " --home " + quoted(directory.toString()));
        }
        String variable = surroundings.environment().getOrDefault("HOMEOSTAT_HOME", "");
        if (!variable.isEmpty()) {
            return new Home(surroundings.directory().resolve(variable).normalize(), "HOMEOSTAT_HOME", "");
        }
        return new Home(surroundings.install(), "the installation", "");
    }

    public Path data() {
        return directory.resolve("data");
    }

    /** What the host says, with the commands in it such that they ask this host: it does not know how it is called. */
    public String asking(String hint) {
        return option.isEmpty()
                ? hint
                : COMMAND.matcher(hint).replaceAll(Matcher.quoteReplacement("homeostat" + option + " "));
    }

    /** As a shell reads it back. */
    public static String quoted(String word) {
        return word.matches("[A-Za-z0-9_./:@%+=,-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
    }
}
