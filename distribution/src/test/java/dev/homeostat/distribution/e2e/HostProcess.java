package dev.homeostat.distribution.e2e;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** A host that runs as a process of its own, started by {@code bin/homeostat run} as a user would. */
final class HostProcess implements AutoCloseable {
    /** Longer than any start takes, also on a machine that does ten other things. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Process process;
    private final Path out;
    private final Path err;

    private HostProcess(Process process, Path out, Path err) {
        this.process = process;
        this.out = out;
        this.err = err;
    }

    /** Starts a host on a home and waits until it says that it is ready. */
    static HostProcess start(Home home, String... flags) {
        HostProcess host = launch(home, List.of(), Map.of(), flags);
        host.awaitReady();
        return host;
    }

    /**
     * Starts a host and waits for nothing.
     *
     * @param prefix words before the command, such as one that changes the user
     */
    static HostProcess launch(Home home, List<String> prefix, Map<String, String> environment, String... flags) {
        List<String> command = new ArrayList<>(prefix);
        command.addAll(List.of(
                Installed.SCRIPT.toString(), "run", "--home", home.directory().toString()));
        command.addAll(List.of(flags));
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMEOSTAT_"));
        builder.environment().putAll(environment);
        return launch(builder);
    }

    /** Starts any process that is a host. */
    static HostProcess launch(ProcessBuilder builder) {
        try {
            Path out = Files.createTempFile("homeostat-e2e", ".out");
            Path err = Files.createTempFile("homeostat-e2e", ".err");
            Process process = builder.redirectOutput(out.toFile())
                    .redirectError(err.toFile())
                    .start();
            return new HostProcess(process, out, err);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Waits for the line that says that the host is ready, and returns it. */
    String awaitReady() {
        await("the host says that it is ready")
                .atMost(PATIENCE)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> {
                    if (!process.isAlive()) {
                        throw new AssertionError("the host ended with " + process.exitValue() + "\n" + out() + err());
                    }
                    return out().contains("\n");
                });
        return out().lines().findFirst().orElseThrow();
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** All that it wrote to standard output so far. */
    String out() {
        return text(out);
    }

    /** All that it wrote to standard error so far. */
    String err() {
        return text(err);
    }

    /** Sends SIGTERM and waits for the end; the exit code. */
    int terminate() {
        process.destroy();
        return awaitExit();
    }

    /** Sends SIGKILL, as a crash would look, and waits for the end. */
    void kill() {
        process.destroyForcibly();
        awaitExit();
    }

    /** Waits for the end; the exit code. */
    int awaitExit() {
        try {
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                throw new AssertionError("the host still runs\n" + out() + err());
            }
            return process.exitValue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    /** Ends it in whatever way works, so that no test leaves one behind. */
    @Override
    public void close() {
        process.destroy();
        try {
            if (!process.waitFor(20, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(out);
            Files.deleteIfExists(err);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file, StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
