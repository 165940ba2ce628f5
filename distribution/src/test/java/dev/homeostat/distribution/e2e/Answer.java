package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a command answered.
 *
 * @param command what was run
 * @param code its exit code
 * @param out what it wrote to standard output
 * @param err what it wrote to standard error
 */
record Answer(String command, int code, String out, String err) {
    private static final JsonMapper JSON = new JsonMapper();

    /** Runs a process to its end, which has to come within a minute. */
    static Answer of(ProcessBuilder builder) {
        return of(builder, Map.of());
    }

    /** The same with an environment of its own, besides that of the tests. */
    static Answer of(ProcessBuilder builder, Map<String, String> environment) {
        return of(builder, environment, Duration.ofMinutes(1));
    }

    /** The same for what takes longer. */
    static Answer of(ProcessBuilder builder, Map<String, String> environment, Duration most) {
        builder.environment().keySet().removeIf(name -> name.startsWith("HOMEOSTAT_"));
        builder.environment().putAll(environment);
        try {
            Process process = builder.start();
            process.getOutputStream().close();
            // Each with a thread of its own: the common pool has but one on two cores.
            CompletableFuture<String> err =
                    CompletableFuture.supplyAsync(() -> text(process.getErrorStream()), Thread::startVirtualThread);
            CompletableFuture<String> out =
                    CompletableFuture.supplyAsync(() -> text(process.getInputStream()), Thread::startVirtualThread);
            if (!process.waitFor(most.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly();
                throw new AssertionError(builder.command() + " did not end within " + most);
            }
            return new Answer(String.join(" ", builder.command()), process.exitValue(), out.join(), err.join());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("interrupted", e);
        }
    }

    Answer hasCode(int expected) {
        assertThat(code).as("exit code of %s", this).isEqualTo(expected);
        return this;
    }

    JsonNode json() {
        return JSON.readTree(out);
    }

    private static String text(InputStream in) {
        try (in) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
