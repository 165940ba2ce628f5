package dev.homeostat.distribution.e2e;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** A shell that keeps its directory and its variables from one command to the next, as a person's does. */
final class Terminal implements AutoCloseable {
    private static final String END = "-- end of the command, with code ";

    /** A build, on a machine that does ten other things. */
    private static final Duration LONGEST = Duration.ofMinutes(5);

    private static final Duration LONGEST_START = Duration.ofMinutes(1);

    /**
     * What a command has shown.
     *
     * @param code its exit code; -1 where it still runs
     * @param text standard output and standard error, as they came
     */
    record Seen(int code, String text) {}

    private final Process shell;
    private final Path command;
    private final StringBuilder text = new StringBuilder();
    private boolean gone; // guarded by text, as text is

    private Terminal(Process shell, Path command) {
        this.shell = shell;
        this.command = command;
    }

    /**
     * Opens one.
     *
     * @param directory where it begins
     * @param environment variables besides those of the tests; none begins with {@code HOMEOSTAT_}
     */
    static Terminal open(Path directory, Map<String, String> environment) {
        // A process that was started in the background ignores Ctrl-C, and so does all that it starts, unless it is
        // told otherwise.
        ProcessBuilder builder = new ProcessBuilder("env", "--default-signal=INT", "bash", "--norc", "--noprofile")
                .directory(directory.toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMEOSTAT_"));
        builder.environment().putAll(environment);
        try {
            Path command = Files.createTempFile("homeostat-e2e", ".sh");
            Terminal terminal = new Terminal(builder.start(), command);
            Thread.startVirtualThread(terminal::read);
            return terminal;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Runs it to its end. */
    Seen run(String script) {
        begin(script);
        return awaitEnd();
    }

    /** Runs it until it has shown that, or for a minute. */
    Seen runUntil(String script, Predicate<String> shown) {
        begin(script);
        return await(shown, LONGEST_START);
    }

    private Seen await(Predicate<String> shown, Duration most) {
        long deadline = System.nanoTime() + most.toNanos();
        synchronized (text) {
            while (!ended() && !shown.test(text.toString())) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left <= 0) {
                    break;
                }
                try {
                    text.wait(left);
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            }
            int end = ended() ? text.lastIndexOf(END) : -1;
            return end < 0
                    ? new Seen(-1, text.toString())
                    : new Seen(
                            Integer.parseInt(text.substring(end + END.length()).strip()), text.substring(0, end));
        }
    }

    /** What Ctrl-C does to the command that runs, or is about to, and what that has shown when it ended. */
    Seen interrupt() {
        Set<Long> interrupted = new HashSet<>();
        Seen seen = await(any -> false, Duration.ZERO);
        for (long end = System.nanoTime() + LONGEST_START.toNanos(); seen.code() < 0 && System.nanoTime() - end < 0; ) {
            for (ProcessHandle process : shell.children().toList()) {
                if (interrupted.add(process.pid())) {
                    interrupt(process);
                }
            }
            seen = await(any -> false, Duration.ofMillis(50));
        }
        return requireEnd(seen);
    }

    private static void interrupt(ProcessHandle process) {
        try {
            new ProcessBuilder("kill", "-INT", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    private Seen awaitEnd() {
        return requireEnd(await(any -> false, LONGEST));
    }

    private static Seen requireEnd(Seen seen) {
        if (seen.code() < 0) {
            throw new AssertionError("the shell ended, or the command did not:\n" + seen.text());
        }
        return seen;
    }

    /** The script comes from a file and not from standard input, which the commands in it would read. */
    private void begin(String script) {
        synchronized (text) {
            text.setLength(0);
        }
        try {
            Files.writeString(command, script + "\n");
            String line = ". " + command + " < /dev/null; echo \"" + END + "$?\"\n";
            shell.getOutputStream().write(line.getBytes(StandardCharsets.UTF_8));
            shell.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The shell has ended where what it has shown has the line of the end, or where the shell is gone. */
    private boolean ended() {
        return gone || (text.indexOf(END) >= 0 && text.charAt(text.length() - 1) == '\n');
    }

    private void read() {
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(shell.getInputStream(), StandardCharsets.UTF_8))) {
            for (int c = reader.read(); c >= 0; c = reader.read()) {
                synchronized (text) {
                    text.append((char) c);
                    if (c == '\n') {
                        text.notifyAll();
                    }
                }
            }
        } catch (IOException e) {
            // it was closed
        }
        try {
            shell.waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        synchronized (text) {
            gone = true;
            text.notifyAll();
        }
    }

    /** Ends the shell and all that still runs in it. */
    @Override
    public void close() {
        List<ProcessHandle> all =
                Stream.concat(shell.descendants(), Stream.of(shell.toHandle())).toList();
        all.forEach(ProcessHandle::destroy);
        shell.destroy();
        try {
            CompletableFuture.allOf(all.stream().map(ProcessHandle::onExit).toArray(CompletableFuture[]::new))
                    .orTimeout(20, TimeUnit.SECONDS)
                    .exceptionally(late -> null)
                    .join();
            all.forEach(ProcessHandle::destroyForcibly);
            Files.deleteIfExists(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
