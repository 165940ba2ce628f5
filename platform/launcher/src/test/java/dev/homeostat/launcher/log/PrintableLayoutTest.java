package dev.homeostat.launcher.log;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.joran.JoranConfigurator;
import dev.homeostat.launcher.Main;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.MDC;

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
        List<String> lines = logged(
                "text",
                logger -> logger.info(
                        "row \"{}\" was paused",
                        "a" + ESCAPE + "]0;b\n2026-01-02T03:04:05.678Z ERROR forged",
                        new IllegalStateException("two\nlines")));
        assertThat(lines)
                .startsWith(lines.getFirst(), "\tjava.lang.IllegalStateException: two", "\tlines")
                .first()
                .asString()
                .endsWith("dev.x: row \"a\\u001b]0;b\\n2026-01-02T03:04:05.678Z ERROR forged\" was paused");
        assertThat(lines.stream().skip(1)).allMatch(line -> line.startsWith("\t"));
    }

    @Test
    void whatAnEventIsAbout_followsItsMessage_pluginAndReconcilerFirst_quotedWhereItMustBe() throws Exception {
        List<String> lines = logged("text", logger -> {
            MDC.put("trace", "t1");
            MDC.put("reconciler", "memos/memos");
            MDC.put("plugin", "memos");
            logger.atInfo()
                    .addKeyValue("key", "a \"b\" \\c\nd")
                    .addKeyValue("attempt", 2)
                    .addKeyValue("empty", "")
                    .addKeyValue("plugin", "another")
                    .log("update failed");
            MDC.clear();
            logger.info("nothing more");
        });
        assertThat(lines.getFirst())
                .endsWith("INFO  dev.x: update failed plugin=another reconciler=memos/memos trace=t1 key=\"a \\\"b\\\""
                        + " \\\\c\\n"
                        + "d\" attempt=2 empty=\"\"");
        assertThat(lines.getLast()).endsWith("INFO  dev.x: nothing more");
    }

    @Test
    void json_isOneObjectALine_withWhatTheEventIsAbout() throws Exception {
        List<String> lines = logged("json", logger -> {
            MDC.put("plugin", "memos");
            logger.atInfo()
                    .addKeyValue("key", "a \"b\" \\c\n" + ESCAPE)
                    .addKeyValue("attempt", 2)
                    .addKeyValue("retried", true)
                    .addKeyValue("ratio", 0.5)
                    .addKeyValue("none", Double.NaN)
                    .addKeyValue("level", "high")
                    .setCause(new IllegalStateException("two\nlines"))
                    .log("update of {} failed", "a");
            MDC.clear();
        });
        assertThat(lines).hasSize(1);
        assertThat(lines.getFirst())
                .matches(
                        "\\{\"time\":\"[0-9T:.-]{19,23}Z\",\"level\":\"INFO\",\"logger\":\"dev.x\",\"thread\":\"[^\"]*\",\"message\":\"update"
                            + " of a failed\",.*}")
                .contains(",\"plugin\":\"memos\",\"key\":\"a \\\"b\\\" \\\\c\\n"
                              + "\\u001b\",\"attempt\":2,\"retried\":true,\"ratio\":0.5,\"none\":\"NaN\",\"_level\":\"high\",\"stack\":\"java.lang.IllegalStateException:"
                              + " two\\n"
                              + "lines\\n"
                              + "\\tat ");
    }

    @Test
    void whatIsMissing_spoilsNoLine() throws Exception {
        for (String format : List.of("text", "json")) {
            assertThat(logged(format, logger -> {
                        MDC.put("trace", null);
                        logger.atInfo().addKeyValue(null, (Object) null).log((String) null);
                        MDC.clear();
                    }))
                    .hasSize(1)
                    .first()
                    .asString()
                    .containsPattern("trace\\W+null");
        }
    }

    @Test
    void valueWhoseTextCannotBeMade_spoilsNoLine() throws Exception {
        Object bad = new Object() {
            @Override
            public String toString() {
                throw new IllegalStateException("planted");
            }
        };
        for (String format : List.of("text", "json")) {
            assertThat(logged(
                            format,
                            logger -> logger.atInfo().addKeyValue("bad", bad).log("said")))
                    .hasSize(1)
                    .first()
                    .asString()
                    .contains(PrintableLayoutTest.class.getName());
        }
    }

    private List<String> logged(String format, Consumer<Logger> what) throws Exception {
        LoggerContext context = new LoggerContext();
        context.setMDCAdapter(MDC.getMDCAdapter());
        context.putProperty("homeostat.logs", directory.resolve(format).toString());
        context.putProperty("homeostat.log.format", format);
        JoranConfigurator configurator = new JoranConfigurator();
        configurator.setContext(context);
        configurator.doConfigure(Objects.requireNonNull(Main.class.getResource("logback-default.xml")));
        what.accept(context.getLogger("dev.x"));
        context.stop();
        return Files.readAllLines(directory.resolve(format).resolve("homeostat.log"));
    }
}
