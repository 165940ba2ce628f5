package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A program at a terminal that the system takes for a real one, made by {@code script} of util-linux; the test presses the keys. */
final class PseudoTerminal implements AutoCloseable {
    static final String TAB = "\t";
    static final String ENTER = "\r";
    static final String CTRL_C = "\u0003";
    static final String CTRL_D = "\u0004";
    static final String CTRL_U = "\u0015";

    /** A bound for what takes a part of a second on an idle machine. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final StringBuilder shown = new StringBuilder(); // guarded by itself
    private int looked;

    private PseudoTerminal(Process process) {
        this.process = process;
    }

    /**
     * Opens one.
     *
     * @param environment besides that of the tests, of which nothing begins with {@code HOMEOSTAT_}
     * @param command as {@code sh} reads it
     */
    static PseudoTerminal open(Path directory, Map<String, String> environment, String command) {
        // Wide, so that no line is ever wrapped while it is edited. Ctrl-C is the program's: where the tests run in the
        // background of a script, all that they start would ignore it; and a shell above the program, which sees it
        // too,
        // would end by it once the program has ended, whatever that ends with (dash does so, bash does not).
        ProcessBuilder builder = new ProcessBuilder(List.of(
                        "env",
                        "--default-signal=INT",
                        "script",
                        "--quiet",
                        "--return",
                        "--flush",
                        "--command",
                        "stty cols 200 rows 50; exec " + command,
                        "/dev/null"))
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMEOSTAT_"));
        builder.environment()
                .putAll(Map.of("SHELL", "/bin/sh", "TERM", "xterm", "HOME", directory.toString(), "LC_ALL", "C.UTF-8"));
        builder.environment().remove("XDG_STATE_HOME");
        builder.environment().putAll(environment);
        try {
            PseudoTerminal terminal = new PseudoTerminal(builder.start());
            Thread.startVirtualThread(terminal::read);
            return terminal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void read() {
        try (Reader reader = new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8)) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                synchronized (shown) {
                    shown.append((char) c);
                    shown.notifyAll();
                }
            }
        } catch (IOException e) {
            // it was closed
        }
    }

    PseudoTerminal type(String keys) {
        try {
            process.getOutputStream().write(keys.getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits until that is shown, after what was waited for before; colours and movements of the cursor do not count. */
    PseudoTerminal awaitShown(String text) {
        if (!shows(text, PATIENCE)) {
            throw new AssertionError("\"" + text + "\" was not shown after:\n" + plain().substring(looked));
        }
        return this;
    }

    /** Whether that is shown within some time, after what was waited for before. It is told at once, so that what is typed then meets the program where it is. */
    boolean shows(String text, Duration within) {
        long end = System.nanoTime() + within.toNanos();
        synchronized (shown) {
            for (int at = plain().indexOf(text, looked); at < 0; at = plain().indexOf(text, looked)) {
                long left = Duration.ofNanos(end - System.nanoTime()).toMillis();
                if (left <= 0) {
                    return false;
                }
                try {
                    shown.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            }
            looked = plain().indexOf(text, looked) + text.length();
            return true;
        }
    }

    /** All that was shown so far. */
    String plain() {
        String all;
        synchronized (shown) {
            all = shown.toString();
        }
        return all.replaceAll("\u001b(\\[[0-9;?=>]*[a-zA-Z]|[=>]|[()].|\\][^\u0007]*\u0007)|\u0007", "");
    }

    /** Waits for the end. */
    PseudoTerminal awaitEnd(int code) {
        try {
            assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS))
                    .as(plain())
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
        assertThat(process.exitValue()).as(plain()).isEqualTo(code);
        return this;
    }

    @Override
    public void close() {
        List<ProcessHandle> all = new ArrayList<>(process.descendants().toList());
        all.add(process.toHandle());
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
