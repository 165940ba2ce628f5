package dev.homeostat.cli.command;

import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.screen.Tint;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.OptionSpec;

/**
 * A question before something by which data or targets may be lost. It is put where somebody sits, also when the output is piped: a program is never asked, and
 * {@code --yes} answers it beforehand.
 */
public final class Confirmation {
    private static final String YES = "--yes";

    private Confirmation() {}

    /** What would be lost, found out only where somebody is asked. */
    @FunctionalInterface
    public interface Losses {
        /** What is lost: the first line says it, the others list it. Empty when nothing is, and then nobody is asked. */
        List<String> find() throws CommandException;
    }

    /** The option of a command that asks. */
    public static OptionSpec option() {
        return OptionSpec.builder("-y", YES)
                .type(boolean.class)
                .description("Does it without asking; asked is at a terminal only.")
                .build();
    }

    /**
     * Returns when it may be done.
     *
     * @param question what is answered with yes or no, such as {@code Remove them?}
     * @throws CommandException if it may not
     */
    public static void ask(Session session, Words words, String question, Losses losses) throws CommandException {
        if (words.flag(YES) || !session.around().attended()) {
            return;
        }
        List<String> lost = losses.find();
        if (lost.isEmpty()) {
            return;
        }
        session.out().flush();
        print(session, lost);
        if (!isYes(session.around().prompt().ask(question + " [y/N] "))) {
            throw new CommandException(ExitCode.FAILURE, "nothing was done", "");
        }
    }

    private static void print(Session session, List<String> lost) {
        Screen screen = session.messages();
        for (String line : lost) {
            String text = line.stripLeading();
            screen.text(line.length() - text.length(), Tint.PLAIN, text);
        }
        session.around().questions().flush(); // in the shell it is the line editor that asks, past this stream
    }

    private static boolean isYes(@Nullable String answer) {
        String word = answer == null ? "" : answer.strip().toLowerCase(Locale.ROOT);
        return word.equals("y") || word.equals("yes");
    }
}
