package dev.homeostat.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.homeostat.launcher.Main;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PrintableLayoutTest {
    private static final char ESCAPE = 0x1b;

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource(textBlock = """
        plain äöü 漢字 😀, plain äöü 漢字 😀
        a#001b[31mb, a\\u001b[31mb
        a#000db, a\\rb
        a#202eb, a\\u202eb
        a#2028b, a\\u2028b
        a#0085b, a\\u0085b
        """)
    void characterThatControls_isEscaped(String given, String expected) {
        String text = given;
        for (int hash = text.indexOf('#'); hash >= 0; hash = text.indexOf('#')) {
            char c = (char) Integer.parseInt(text.substring(hash + 1, hash + 5), 16);
            text = text.substring(0, hash) + c + text.substring(hash + 5);
        }
        assertThat(PrintableLayout.printable(text + "\n")).isEqualTo(expected + "\n");
    }

    /** The files that the program has: what it logs goes through this layout, in each of them. */
    @ParameterizedTest
    @ValueSource(
            strings = {"logback-default.xml", "logback-console.xml", "../../distribution/src/main/dist/conf/logback.xml"
            })
    void configuration_ofOurs_namesIt(String name) throws Exception {
        URL url = name.startsWith("..") ? Path.of(name).toUri().toURL() : Main.class.getResource(name);
        String xml;
        try (var in = Objects.requireNonNull(url).openStream()) {
            xml = new String(in.readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
        }
        assertThat(xml.split("<encoder", -1)).hasSameSizeAs(xml.split("\\.PrintableLayout\"", -1));
    }

    @Test
    void logFile_ofTheDefault_holdsNoLineThatNobodyWrote() throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(new LogbackMDCAdapter());
        context.putProperty("homeostat.logs", directory.toString());
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(Main.class.getResource("logback-default.xml")));
        context.getLogger("dev.x")
                .info(
                        "row \"{}\" was paused",
                        "a" + ESCAPE + "]0;b\n2026-01-02T03:04:05.678Z ERROR forged",
                        new IllegalStateException("two\nlines"));
        context.stop();
        List<String> lines = Files.readAllLines(directory.resolve("homeostat.log"));
        assertThat(lines)
                .startsWith(
                        lines.getFirst(),
                        "\t2026-01-02T03:04:05.678Z ERROR forged\" was paused",
                        "\tjava.lang.IllegalStateException: two",
                        "\tlines")
                .first()
                .asString()
                .endsWith("dev.x: row \"a\\u001b]0;b");
    }
}
