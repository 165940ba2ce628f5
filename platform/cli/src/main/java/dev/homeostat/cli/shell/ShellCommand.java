package dev.homeostat.cli.shell;

import static dev.homeostat.cli.command.Specs.leaf;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Words;
import dev.homeostat.cli.process.CommandException;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** {@code homeostat shell}. */
public final class ShellCommand {
    private final Commands commands;

    private ShellCommand(Commands commands) {
        this.commands = commands;
    }

    /** The command, with its words and help. */
    public static CommandSpec spec(Commands commands) {
        CommandSpec spec = leaf(
                "The same commands without \"homeostat\", one after the other, with history and completion.",
                new ShellCommand(commands)::run);
        spec.usageMessage()
                .footer(
                        "",
                        "Words are quoted as in a shell. Tab completes, also names of the running host; Ctrl-C ends",
                        "what runs, and Ctrl-D or \"exit\" the shell, with exit code 0 whatever came of the commands.",
                        "A line that begins with a blank is not kept in the history.",
                        "Where standard input is no terminal its lines are run, and the exit code is the first that",
                        "is not 0.");
        return spec;
    }

    private int run(Session session, Words words) throws CommandException {
        Lines lines = new Lines(commands, session.around(), given(words));
        if (session.around().terminal() && hasLineEditor()) {
            return new TerminalShell(lines, session).run();
        }
        return lines.runAll(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)));
    }

    /** What was said for all commands. */
    private static List<String> given(Words words) {
        List<String> given = new ArrayList<>();
        String home = words.home();
        if (home != null) {
            given.addAll(List.of("--home", home));
        }
        if (words.json()) {
            given.addAll(List.of("--output", "json"));
        }
        return given;
    }

    /** The script puts it on the module path where it is of use. */
    private static boolean hasLineEditor() {
        return ModuleLayer.boot().findModule("org.jline.reader").isPresent();
    }
}
