package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.cli.process.Output;
import dev.homeostat.cli.process.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class OutputTest {
    @TempDir
    Path home;

    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int version(OutputStream standardOutput) {
        Output out = new Output(standardOutput);
        Surroundings surroundings = new Surroundings(
                Map.of(),
                Path.of("/"),
                Path.of("/"),
                false,
                Surroundings.printer(out),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                question -> null);
        return Main.run(surroundings, out, "completion");
    }

    private static final class Full extends OutputStream {
        private final String reason;

        Full(String reason) {
            this.reason = reason;
        }

        @Override
        public void write(int b) throws IOException {
            throw new IOException(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({"No space left on device, 1", "Broken pipe, 141"})
    void outputThatIsLost_isAFailure_unlessTheReaderWantsNoMore(String reason, int code) {
        assertThat(version(new Full(reason))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(
                        code == 141 ? "" : "homeostat: the answer could not be written to the end: " + reason + "\n");
    }

    /** A watch whose reader took one line, as {@code head -1} does: the host would go on for ever. */
    @ParameterizedTest
    @ValueSource(strings = {"db watch docs", "db watch docs -o json"})
    void aWatchThatNobodyReadsAnyMore_endsWithTheNextChange(String words) throws IOException {
        Files.createDirectory(home.resolve("data"));
        String change = """
            {"id":1,"item":{"now":"2026-01-02T03:04:05Z","change":"update","key":"a.txt","revision":1,"values":{"path":"a.txt"}}}
            {"id":1,"item":{"now":"2026-01-02T03:04:05Z","change":"none"}}
            """;
        try (ScriptedHost host = new ScriptedHost(home.resolve("data/control.sock"))) {
            host.answer("db.watch", change.repeat(1_000));
            Head head = new Head();
            Output out = new Output(head);
            Surroundings surroundings = new Surroundings(
                    Map.of(),
                    home,
                    home,
                    false,
                    Surroundings.printer(out),
                    new PrintStream(err, true, StandardCharsets.UTF_8),
                    question -> null);
            assertThat(Main.run(surroundings, out, words.split(" "))).isEqualTo(141);
            assertThat(err.toString(StandardCharsets.UTF_8)).isEmpty();
            assertThat(head.writes)
                    .as("the one that was read, and the one that failed")
                    .isEqualTo(2);
        }
    }

    /** Takes what is written to it first, and goes. */
    private static final class Head extends OutputStream {
        private int writes;

        @Override
        public void write(int b) throws IOException {
            write(new byte[] {(byte) b}, 0, 1);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writes++;
            if (writes > 1) {
                throw new IOException("Broken pipe");
            }
        }
    }

    @Test
    void outputThatArrives_isNone() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(version(out)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("complete -F _homeostat");
    }
}
