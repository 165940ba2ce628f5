package dev.homeostat.stress;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A JVM with the class path of this one, other classes in front of it, and one main class; waited for until it ends. */
final class Fork {
    /** What it said, on both streams, and how it ended. */
    record Ended(int exitCode, String output) {}

    private static final Path LOGS = Path.of("target", "forks");

    private Fork() {}

    static Ended run(Path inFront, List<String> flags, Duration limit, Class<?> main, String... arguments) {
        return run(Stream.of(inFront), flags, limit, main, arguments);
    }

    static Ended run(List<String> flags, Duration limit, Class<?> main, String... arguments) {
        return run(Stream.of(), flags, limit, main, arguments);
    }

    private static Ended run(
            Stream<Path> inFront, List<String> flags, Duration limit, Class<?> main, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(flags);
        command.add("-classpath");
        command.add(Stream.concat(inFront.map(Path::toString), Stream.of(System.getProperty("java.class.path")))
                .collect(Collectors.joining(System.getProperty("path.separator"))));
        command.add(main.getName());
        command.addAll(List.of(arguments));
        try {
            Files.createDirectories(LOGS);
            Path log = Files.createTempFile(LOGS, main.getSimpleName(), ".log");
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            boolean ended = process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
            process.destroyForcibly().waitFor();
            String output = Files.readString(log);
            return ended
                    ? new Ended(process.exitValue(), output)
                    : new Ended(-1, output + "\n[ended by force: it ran for longer than " + limit + "]");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while " + main.getSimpleName() + " ran", e);
        }
    }
}
