package dev.homeostat.cli.shell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.cli.command.Session;
import dev.homeostat.cli.command.Specs;
import dev.homeostat.cli.process.Home;
import dev.homeostat.cli.process.Surroundings;
import dev.homeostat.cli.screen.Screen;
import dev.homeostat.cli.wire.HostClient;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import org.jline.terminal.Size;
import org.jline.terminal.impl.ExternalTerminal;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Model.CommandSpec;

/** A person types, at a terminal that the test holds both ends of. */
@Timeout(60)
final class TerminalShellTest {
    private static final String CTRL_C = "\u0003";
    private static final String CTRL_D = "\u0004";
    private static final String UP = "\u001bOA";

    @TempDir
    Path directory;

    private final List<String> ran = new CopyOnWriteArrayList<>();
    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PipedOutputStream keys = new PipedOutputStream();
    private ExternalTerminal terminal;

    private final Commands commands = new Commands() {
        @Override
        public int run(Surroundings around, String... words) {
            ran.add(String.join("|", words));
            if (words[0].equals("ask")) {
                ran.add("answered " + around.prompt().ask("Really? [y/N] "));
            }
            if (words[0].equals("hang")) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ran.add("interrupted");
                    return 130;
                }
            }
            return 0;
        }

        @Override
        public CommandSpec spec() {
            CommandSpec root = Specs.group("homeostat", "");
            root.addSubcommand("status", Specs.leaf("How it goes.", (session, words) -> 0));
            root.addSubcommand("stop", Specs.leaf("Ends it.", (session, words) -> 0));
            root.addSubcommand(
                    "load",
                    Specs.leaf("Loads a jar.", (session, words) -> 0).addPositional(Specs.param(0, "JAR", "A jar.")));
            return root;
        }
    };

    @BeforeEach
    void open() throws IOException {
        terminal = new ExternalTerminal(
                "test", "xterm", new PipedInputStream(keys, 1 << 16), shown, StandardCharsets.UTF_8);
        terminal.setSize(Size.of(100, 30));
    }

    @AfterEach
    void close() throws IOException {
        terminal.close();
    }

    private CompletableFuture<Integer> start() {
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(
                Map.of("HOME", directory.resolve("user").toString()),
                directory,
                directory,
                true,
                out,
                out,
                question -> null);
        Home home = new Home(directory, "the installation", "");
        Session session = new Session(home, false, new HostClient(home), new Screen(out, false, 0), out, around);
        TerminalShell editor = new TerminalShell(new Lines(commands, around, List.of()), session);
        return CompletableFuture.supplyAsync(() -> editor.run(terminal), task -> new Thread(task, "shell").start());
    }

    private void type(String text) {
        try {
            keys.write(text.getBytes(StandardCharsets.UTF_8));
            keys.flush();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    /** What comes before is no key for the editor yet, but for the terminal. */
    private void awaitShown(String text) {
        await("\"" + text + "\"")
                .until(() -> shown.toString(StandardCharsets.UTF_8).contains(text));
    }

    private int code(CompletableFuture<Integer> shell) {
        await("the shell ends").until(shell::isDone);
        return shell.join();
    }

    @Test
    void lines_areRun_untilCtrlD() {
        var shell = start();
        type("status\rdb get 'a b'\r\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).containsExactly("status", "db|get|a b");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("Ctrl-D leaves", "no host is reachable");
    }

    @Test
    void exit_leaves() {
        var shell = start();
        type("exit\r");
        assertThat(code(shell)).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void clear_emptiesTheScreen() {
        var shell = start();
        awaitShown("homeostat> ");
        type("clear\r");
        awaitShown("\u001b[H\u001b[2J");
        type(CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).isEmpty();
    }

    @Test
    void tab_completesCommands() {
        var shell = start();
        type("stat\t\r");
        await().until(() -> ran.size() == 1);
        type("sto\t--ou\t js\t\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).startsWith("status").hasSize(2);
        assertThat(ran.get(1)).startsWith("stop|");
    }

    @Test
    void tab_completesFiles_withBlanksInTheirNames() throws IOException {
        Files.createDirectories(directory.resolve("some dir"));
        Files.createFile(directory.resolve("some dir/a jar.jar"));
        var shell = start();
        type("load so\ta\t\r");
        await().until(() -> ran.size() == 1);
        type("load 'so\ta\t\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).containsExactly("load|some dir/a jar.jar", "load|some dir/a jar.jar");
    }

    @Test
    void ctrlC_forgetsTheLine() {
        var shell = start();
        awaitShown("homeostat> ");
        type("stop");
        awaitShown("stop");
        type(CTRL_C);
        type("status\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).containsExactly("status");
    }

    @Test
    void ctrlC_endsTheCommandThatRuns_andNotTheShell() {
        var shell = start();
        type("hang\r");
        await().until(() -> ran.contains("hang"));
        type(CTRL_C);
        await().until(() -> ran.contains("interrupted"));
        type("status\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).containsExactly("hang", "interrupted", "status");
    }

    @Test
    void ctrlC_betweenTheLineAndItsCommand_endsTheCommand_beforeTheNextLineIsRead() throws InterruptedException {
        CountDownLatch last = new CountDownLatch(1);
        Commands slow = new Commands() {
            @Override
            public int run(Surroundings around, String... words) {
                try {
                    new CountDownLatch(1).await();
                } catch (InterruptedException e) {
                    ran.add("interrupted");
                }
                try {
                    last.await();
                } catch (InterruptedException e) {
                    ran.add("interrupted again");
                }
                ran.add("ended");
                return 130;
            }

            @Override
            public CommandSpec spec() {
                return commands.spec();
            }
        };
        PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);
        Surroundings around = new Surroundings(Map.of(), directory, directory, true, out, out, question -> null);
        Running running = new Running(new Lines(slow, around, List.of()));
        Thread shell = new Thread(() -> {
            Thread.currentThread().interrupt();
            ran.add(running.run(List.of("slow")) + ", interrupted: " + Thread.interrupted());
        });
        shell.start();
        await().until(() -> ran.contains("interrupted"));
        await("the shell waits").until(() -> shell.getState() == Thread.State.WAITING);
        last.countDown();
        shell.join();
        assertThat(ran).containsExactly("interrupted", "ended", "130, interrupted: false");
    }

    @Test
    void question_isAnsweredAtTheTerminal_andIsNoLineOfTheHistory() {
        var shell = start();
        type("ask\r");
        awaitShown("Really? [y/N] ");
        type("y\r");
        await().until(() -> ran.contains("answered y"));
        shown.reset();
        type("ask\r");
        awaitShown("Really? [y/N] ");
        type(CTRL_C);
        await().until(() -> ran.contains("answered null"));
        type("status\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).containsExactly("ask", "answered y", "ask", "answered null", "status");
        assertThat(directory.resolve("user/.local/state/homeostat/shell-history"))
                .hasContent("ask\nstatus\n");
    }

    @Test
    void openQuote_goesOnInTheNextLine() {
        var shell = start();
        type("get 'a\rb'\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        assertThat(ran).containsExactly("get|a\nb");
    }

    @Test
    void history_isThereInTheNextShell_andNotWhatBeganWithABlank() throws IOException {
        var shell = start();
        type("status\r secret\r!x\r" + CTRL_D);
        assertThat(code(shell)).isZero();
        Path file = directory.resolve("user/.local/state/homeostat/shell-history");
        assertThat(file).content().contains("status", "!x").doesNotContain("secret");
        assertThat(Files.getPosixFilePermissions(file)).hasSize(2);

        close();
        shown.reset();
        PipedInputStream in = new PipedInputStream(1 << 16);
        PipedOutputStream again = new PipedOutputStream(in);
        terminal = new ExternalTerminal("test", "xterm", in, shown, StandardCharsets.UTF_8);
        var next = start();
        awaitShown("homeostat> ");
        again.write((UP + UP + "\r" + CTRL_D).getBytes(StandardCharsets.UTF_8));
        again.flush();
        assertThat(code(next)).isZero();
        assertThat(ran).containsExactly("status", "secret", "!x", "status");
    }
}
