package dev.homeostat.cli.shell;

import dev.homeostat.cli.complete.ShellLine;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.process.Prompt;
import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.process.Window;
import dev.homeostat.cli.screen.Screen;
import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Runs lines: a command each, without or with the word {@code homeostat} before it. */
public final class Lines {
    /** The commands that need a process of their own. */
    public static final Set<String> NOT_HERE = Set.of("run", "shell");

    private static final Set<String> LEAVING = Set.of("exit", "quit");
    private static final String CLEAR = "clear";

    private final Commands commands;
    private final Surroundings around;
    private final List<String> given;

    /** @param given options for all commands, where a line does not have its own */
    Lines(Commands commands, Surroundings around, List<String> given) {
        this.commands = commands;
        this.around = around;
        this.given = List.copyOf(given);
    }

    /** The same at a terminal of that size, where commands ask in that way. */
    Lines at(Supplier<Window> window, Prompt prompt) {
        return new Lines(commands, around.with(prompt, window), given);
    }

    Commands commands() {
        return commands;
    }

    /** The words of a command; none where the line is empty. {@code help db} is {@code db --help}. */
    static List<String> words(String line) {
        List<String> words = ShellLine.of(line).all();
        if (!words.isEmpty() && words.getFirst().equals("homeostat")) {
            words = words.subList(1, words.size());
        }
        if (!words.isEmpty() && words.getFirst().equals("help")) {
            words = new ArrayList<>(words.subList(1, words.size()));
            words.add("--help");
        }
        return words;
    }

    /** Whether they end the shell. */
    static boolean leave(List<String> words) {
        return words.size() == 1 && LEAVING.contains(words.getFirst());
    }

    /** Whether they empty the screen. */
    static boolean clear(List<String> words) {
        return words.size() == 1 && words.getFirst().equals(CLEAR);
    }

    /** Runs a command to its end; the exit code. */
    int run(List<String> words) {
        if (clear(words)) {
            return ExitCode.OK; // there is no screen
        }
        if (NOT_HERE.contains(words.getFirst())) {
            StringBuilder program = new StringBuilder("homeostat");
            given.forEach(word -> program.append(' ').append(Home.quoted(word)));
            return refuse(
                    "\"" + words.getFirst() + "\" is no command of this shell",
                    "in another terminal: " + program + " " + words.getFirst());
        }
        List<String> all = new ArrayList<>(words);
        for (int i = 0; i < given.size(); i += 2) {
            String option = given.get(i);
            if (words.stream().noneMatch(word -> sets(option, word))) {
                all.addAll(0, given.subList(i, i + 2));
            }
        }
        int code = commands.run(around, all.toArray(String[]::new));
        around.out().flush();
        around.err().flush();
        return code;
    }

    private static boolean sets(String option, String word) {
        return word.equals(option)
                || word.startsWith(option + "=")
                || (option.equals("--output") && word.startsWith("-o"));
    }

    /** Runs all lines, whatever comes of each; the first exit code that is not 0. */
    int runAll(BufferedReader lines) {
        int first = ExitCode.OK;
        try {
            for (String line = next(lines); line != null; line = next(lines)) {
                List<String> words = words(line);
                if (leave(words)) {
                    break;
                }
                int code = ShellLine.of(line).isOpen()
                        ? refuse("the last line ends within quotes", "")
                        : words.isEmpty() ? ExitCode.OK : run(words);
                first = first == ExitCode.OK ? code : first;
            }
            return first;
        } catch (IOException e) {
            return refuse("standard input cannot be read: " + e.getMessage(), "");
        }
    }

    /** A line, with those after it for as long as a quote is open. */
    private static String next(BufferedReader lines) throws IOException {
        String line = lines.readLine();
        while (line != null && ShellLine.of(line).isOpen()) {
            String more = lines.readLine();
            if (more == null) {
                break;
            }
            line = joined(line, more);
        }
        return line;
    }

    /** A backslash takes the end of a line away; within quotes it belongs to the word. */
    static String joined(String line, String more) {
        return ShellLine.of(line).quote() == '\\' ? line.substring(0, line.length() - 1) + more : line + "\n" + more;
    }

    /** What must not happen: a fault of this program, shown for whoever mends it; the shell goes on. */
    int failed(Throwable fault) {
        around.out().flush();
        around.err().append("homeostat: the command failed by a fault of its own\n");
        fault.printStackTrace(around.err());
        around.err().flush();
        return ExitCode.FAILURE;
    }

    private int refuse(String message, String hint) {
        Screen.ofMessages(around).complaint(message, hint);
        around.err().flush();
        return ExitCode.USAGE;
    }
}
