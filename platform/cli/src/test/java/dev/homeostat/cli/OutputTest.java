package dev.homeostat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class OutputTest {
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int version(OutputStream standardOutput) {
        Output out = new Output(standardOutput);
        Surroundings surroundings = new Surroundings(
                Map.of(),
                Path.of("/"),
                Path.of("/"),
                false,
                Surroundings.printer(out),
                new PrintStream(err, true, StandardCharsets.UTF_8));
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
    @CsvSource({"No space left on device, 1", "Broken pipe, 0"})
    void outputThatIsLost_isAFailure_unlessTheReaderWantsNoMore(String reason, int code) {
        assertThat(version(new Full(reason))).isEqualTo(code);
        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualTo(code == 0 ? "" : "homeostat: the answer could not be written to the end: " + reason + "\n");
    }

    @Test
    void outputThatArrives_isNone() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        assertThat(version(out)).isZero();
        assertThat(out.toString(StandardCharsets.UTF_8)).contains("lowerbound");
    }
}
