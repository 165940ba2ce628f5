package dev.homeostat.distribution.e2e;

import java.util.ArrayList;
import java.util.List;

/**
 * A command of a {@code console} block, with what it shows. In it {@code …} stands for anything in its line, and alone in a line for any lines; white space is
 * as good as any other, and so is a time.
 *
 * @param command what stands after {@code $}, with the lines after {@code >}
 * @param shows the lines that follow
 */
record GuideStep(String command, List<String> shows) {
    /** What a person presses to end a command. */
    static final String INTERRUPT = "^C";

    GuideStep {
        shows = List.copyOf(shows);
    }

    static List<GuideStep> of(Guide.Block block) {
        List<GuideStep> steps = new ArrayList<>();
        String command = "";
        List<String> shows = new ArrayList<>();
        for (String line : block.lines()) {
            boolean begins = line.startsWith("$ ") || line.equals(INTERRUPT);
            if (!begins && line.startsWith("> ") && !command.isEmpty() && shows.isEmpty()) {
                command += "\n" + line.substring(2);
            } else if (!begins) {
                shows.add(line);
            } else {
                if (!command.isEmpty()) {
                    steps.add(new GuideStep(command, shows));
                }
                command = line.equals(INTERRUPT) ? line : line.substring(2);
                shows.clear();
            }
            if (command.isEmpty()) {
                throw block.wrong("a block of commands begins with \"$ \" or \"^C\", and not with \"" + line + "\"");
            }
        }
        steps.add(new GuideStep(command, shows));
        return steps;
    }

    /** Whether that is what it is to show. */
    boolean isShownBy(String text) {
        return ShownText.matches(shows, text);
    }
}
