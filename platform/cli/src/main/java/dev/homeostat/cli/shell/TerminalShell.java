package dev.homeostat.cli.shell;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.complete.Completion;
import dev.homeostat.cli.complete.LiveNames;
import dev.homeostat.cli.process.CommandException;
import dev.homeostat.cli.process.ExitCode;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.process.Version;
import dev.homeostat.cli.process.Window;
import dev.homeostat.cli.screen.Printable;
import dev.homeostat.cli.screen.Tint;
import dev.homeostat.cli.wire.HostClient;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jline.utils.InfoCmp;
import org.jline.utils.Signals;
import org.jspecify.annotations.Nullable;

/** Reads lines from a person at a terminal, and runs them. A host that stops or starts meanwhile is no matter: each line finds the one that is there. */
final class TerminalShell {
    /** Who presses Tab does not wait long. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private static final int MOST_LINES_KEPT = 2_000;

    /** Beyond that many, the terminal asks whether to list the candidates. */
    private static final int LISTED_UNASKED = 100;

    private final Lines lines;
    private final Session session;

    TerminalShell(Lines lines, Session session) {
        this.lines = lines;
        this.session = session;
    }

    /** Until the person leaves. */
    int run() throws CommandException {
        try (Terminal terminal = TerminalBuilder.builder()
                .system(true)
                .jni(false)
                .nativeSignals(false)
                .graphemeCluster(false) // to find out whether it can, what is typed meanwhile would be lost
                .encoding(StandardCharsets.UTF_8)
                .build()) {
            catchSignals(terminal);
            return run(terminal);
        } catch (IOException e) {
            throw new CommandException(
                    ExitCode.FAILURE,
                    "the terminal cannot be used: " + e.getMessage(),
                    "without one: homeostat shell < FILE");
        }
    }

    /**
     * Gives the terminal the signals that concern it, until the process ends. Left to itself the line editor catches them anew for each line, and between two of its handlers
     * Java's own is in force: Ctrl-C then ends the process while a line is read.
     */
    private static void catchSignals(Terminal terminal) {
        for (Terminal.Signal signal : List.of(Terminal.Signal.INT, Terminal.Signal.WINCH, Terminal.Signal.CONT)) {
            Signals.register(signal.name(), () -> terminal.raise(signal));
        }
    }

    /** The same on a terminal that is there. */
    int run(Terminal terminal) {
        LineReader reader = reader(terminal);
        Running running = new Running(lines.at(
                () -> new Window(terminal.getColumns(), terminal.getRows()), question -> ask(terminal, question)));
        terminal.handle(Terminal.Signal.INT, signal -> running.interrupt());
        greet();
        while (true) {
            try {
                List<String> words = Lines.words(reader.readLine(prompt()));
                if (Lines.leave(words)) {
                    return ExitCode.OK;
                }
                if (Lines.clear(words)) {
                    terminal.puts(InfoCmp.Capability.clear_screen);
                    terminal.flush();
                } else if (!words.isEmpty()) {
                    running.run(words);
                }
            } catch (UserInterruptException e) {
                // Ctrl-C where nothing runs: the line is forgotten, as any shell does.
            } catch (EndOfFileException e) {
                return ExitCode.OK;
            }
        }
    }

    private LineReader reader(Terminal terminal) {
        LineReaderBuilder builder = LineReaderBuilder.builder()
                .terminal(terminal)
                .appName("homeostat")
                .parser(new WordParser())
                .completer(new WordCompleter(
                        new Completion(
                                lines.commands().spec(), typed -> new LiveNames(new HostClient(home(typed), PATIENCE))),
                        session.around().directory()))
                .variable(LineReader.HISTORY_SIZE, MOST_LINES_KEPT)
                .variable(LineReader.HISTORY_FILE_SIZE, MOST_LINES_KEPT)
                .variable(LineReader.LIST_MAX, LISTED_UNASKED)
                .variable(LineReader.SECONDARY_PROMPT_PATTERN, "> ")
                .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                .option(LineReader.Option.HISTORY_IGNORE_SPACE, true)
                .option(LineReader.Option.HISTORY_IGNORE_DUPS, true)
                .option(LineReader.Option.HISTORY_TIMESTAMPED, false);
        Path history = HistoryFile.of(session.around().environment());
        try {
            HistoryFile.make(history);
            builder.variable(LineReader.HISTORY_FILE, history);
        } catch (IOException | UnsupportedOperationException e) {
            session.screen().note(0, Tint.PLAIN, "the history is not kept: " + history + ": " + e.getMessage());
        }
        return builder.build();
    }

    /** The answer to a question of a command, which is no line of the history; null when there is none. */
    private static @Nullable String ask(Terminal terminal, String question) {
        try {
            return LineReaderBuilder.builder()
                    .terminal(terminal)
                    .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
                    .build()
                    .readLine(question);
        } catch (UserInterruptException | EndOfFileException e) {
            return null;
        }
    }

    private Home home(String typed) {
        return typed.isEmpty() ? session.home() : Home.of(typed, session.around());
    }

    private String prompt() {
        String host = session.home().option().isEmpty()
                ? ""
                : " " + Printable.of(String.valueOf(session.home().directory().getFileName()));
        return "homeostat" + host + "> ";
    }

    /** Which host this is, and whether it is there. */
    private void greet() {
        session.screen()
                .text(
                        0,
                        Tint.PLAIN,
                        "homeostat " + Version.ours() + ", home "
                                + session.home().directory()
                                + ". Tab completes, \"help\" lists the commands, Ctrl-D leaves.");
        try {
            new HostClient(session.home(), PATIENCE).call("db.tables", Map.of());
        } catch (CommandException e) {
            session.screen().note(0, Tint.BUSY, String.valueOf(e.getMessage()));
        }
        session.out().flush();
    }
}
