package dev.homeostat.distribution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StepTest {
    @TempDir
    private Path directory;

    private final AtomicInteger runs = new AtomicInteger();

    private void run(String fingerprint) throws IOException, InterruptedException {
        new Step(directory.resolve("stamp")).run(fingerprint, output(), () -> {
            runs.incrementAndGet();
            Files.writeString(output(), fingerprint);
        });
    }

    private Path output() {
        return directory.resolve("output");
    }

    @Test
    void run_again_onlyWhenTheInputsChangedOrTheOutputIsGone() throws Exception {
        run("a");
        run("a");
        assertThat(runs).hasValue(1);
        run("b");
        assertThat(runs).hasValue(2);
        Files.delete(output());
        run("b");
        assertThat(runs).hasValue(3);
    }

    @Test
    void run_thatFailed_isDoneAgain() throws Exception {
        run("a");
        Step step = new Step(directory.resolve("stamp"));
        assertThatThrownBy(() -> step.run("b", output(), () -> {
                    throw new IOException("planted");
                }))
                .hasMessage("planted");
        run("a");
        assertThat(runs).hasValue(2);
    }
}
