package dev.homeostat.cli.process;

import java.io.BufferedOutputStream;
import java.io.Console;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * What the process was given.
 *
 * @param environment the environment variables
 * @param directory what relative paths of the user are relative to; not the process's own, which the script changes
 * @param install the installation, whose directory is the home where no other is named
 * @param terminal whether standard input and output are a terminal
 * @param prompt asks who sits there
 * @param window how large the terminal is now, if standard output or standard error is one
 * @param terminalForMessages whether standard error is a terminal
 * @param attended whether somebody sits there who can be asked: standard input is a terminal, and where {@linkplain #questions() questions} go
 */
public record Surroundings(
        Map<String, String> environment,
        Path directory,
        Path install,
        boolean terminal,
        PrintStream out,
        PrintStream err,
        Prompt prompt,
        Supplier<Window> window,
        boolean terminalForMessages,
        boolean attended) {
    /** Where there is no terminal, or nobody knows more of it. */
    public Surroundings(
            Map<String, String> environment,
            Path directory,
            Path install,
            boolean terminal,
            PrintStream out,
            PrintStream err,
            Prompt prompt) {
        this(environment, directory, install, terminal, out, err, prompt, () -> Window.UNKNOWN, terminal, terminal);
    }

    /**
     * What this process was given.
     *
     * @param out standard output
     */
    public static Surroundings ofProcess(Output out) {
        Path directory = Path.of(System.getProperty("homeostat.cwd", "")).toAbsolutePath();
        PrintStream answers = printer(out);
        PrintStream err = printer(new FileOutputStream(FileDescriptor.err));
        boolean terminal = isTerminal();
        boolean messages = isTerminal("homeostat.messages");
        String install = System.getProperty("homeostat.home.default", System.getProperty("homeostat.install", ""));
        return new Surroundings(
                System.getenv(),
                directory,
                directory.resolve(install).normalize(),
                terminal,
                answers,
                err,
                Prompt.ofProcess(messages ? err : answers),
                new ProcessWindow(System.getenv()),
                messages,
                terminal || (messages && isTerminal("homeostat.input")));
    }

    /** Where questions are put, with what they are about: standard error, so that what the command prints stays what it is; the other one when only that is a terminal. */
    public PrintStream questions() {
        return terminalForMessages ? err : out;
    }

    /** The same, where somebody who edits lines at the terminal is asked by the line editor, which also knows how large the terminal is. */
    public Surroundings with(Prompt editor, Supplier<Window> size) {
        return new Surroundings(
                environment, directory, install, terminal, out, err, editor, size, terminalForMessages, attended);
    }

    /** Of the script that starts this process, which has looked. */
    private static boolean isTerminal(String property) {
        return "terminal".equals(System.getProperty(property));
    }

    private static boolean isTerminal() {
        System.setProperty("jdk.console", "java.base"); // The other one loads a line editor first.
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    public static PrintStream printer(OutputStream stream) {
        return new PrintStream(new BufferedOutputStream(stream, 1 << 16), false, StandardCharsets.UTF_8);
    }
}
