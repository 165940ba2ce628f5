package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.PatternLayout;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** The log as people read it: each line that is about a reconciler bears its name and the plugin's, in the patterns that are shipped. */
final class LogNamesTest {
    private static final Pattern SHIPPED = Pattern.compile("<file>.*?<pattern>(.*?)</pattern>", Pattern.DOTALL);

    private static final Pattern TERMINAL = Pattern.compile("System.err.*?<pattern>(.*?)</pattern>", Pattern.DOTALL);

    @TempDir
    Path directory;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../distribution/src/main/dist/conf/logback.xml",
                "../launcher/src/main/resources/dev/homeostat/launcher/logback-default.xml"
            })
    void linesOfAReconciler_bearBothNames(String configuration) throws Exception {
        Matcher shipped = SHIPPED.matcher(Files.readString(Path.of(configuration)));
        assertThat(shipped.find()).isTrue();
        Lines lines = Lines.listen(shipped.group(1), "dev.homeostat.reconciler", "test.operations");
        try (HostFixture host = new HostFixture(directory).file("conf/homeostat.yaml", "sources: []\n")) {
            host.with(PluginJar.modular("one", "").pluginClass("one", """
                static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger("test.operations");
                static final class Ops implements Operations<String> {
                    public Outcome update(OperationContext context, String row) {
                        LOG.info("writes {} for the {}. time", row, context.attempt());
                        return context.attempt() < 2 ? Outcome.retry("planted") : Outcome.done();
                    }
                    public Outcome delete(OperationContext context, String row) { return Outcome.done(); }
                    public void prune(PruneContext context, Rows<String> desired) throws Exception {
                        LOG.info("looks round");
                        throw new Exception("too dark");
                    }
                }
                """, """
                Database database = ctx.database();
                RWTable<String> names = ctx.table(TableSpec.of("names", String.class, Index.unique("id", Keys.STRING, s -> s)));
                ctx.reconciler("r", names, new Ops(), Options.defaults()
                        .pruning(Duration.ofMinutes(10)).retrying(Duration.ofMillis(1), Duration.ofMillis(2)));
                ctx.job("j", () -> database.write(names, txn -> names.insert(txn, "a")));
                """), "one.jar")
                    .start();
            for (String line : List.of(
                    "update of a failed: planted",
                    "a is as desired again",
                    "writes a for the 1. time",
                    "writes a for the 2. time",
                    "looks round",
                    "too dark")) {
                await().alias(line)
                        .untilAsserted(() -> assertThat(lines.written)
                                .anyMatch(written ->
                                        written.contains(" plugin=one reconciler=names/r") && written.contains(line)));
            }
        } finally {
            lines.end();
        }
        assertThat(lines.written).allMatch(written -> written.contains(" plugin=one reconciler=names/r"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../distribution/src/main/dist/conf/logback.xml",
                "../launcher/src/main/resources/dev/homeostat/launcher/logback-default.xml"
            })
    void linesOnTheTerminal_nameTheReconciler_whereThereIsOne(String configuration) throws Exception {
        Matcher shipped = TERMINAL.matcher(Files.readString(Path.of(configuration)));
        assertThat(shipped.find()).isTrue();
        Lines lines = Lines.listen(shipped.group(1), "test.terminal");
        try (var _ = MDC.putCloseable("reconciler", "names/r")) {
            LoggerFactory.getLogger("test.terminal").warn("update of a failed");
            LoggerFactory.getLogger("test.terminal")
                    .atWarn()
                    .addKeyValue("key", "a")
                    .log("names/r: names itself");
        } finally {
            LoggerFactory.getLogger("test.terminal").warn("configuration: odd");
            lines.end();
        }
        assertThat(lines.written).hasSize(3);
        assertThat(lines.written.poll()).endsWith(" WARN  names/r: update of a failed" + System.lineSeparator());
        assertThat(lines.written.poll()).endsWith(" WARN  names/r: names itself key=a" + System.lineSeparator());
        assertThat(lines.written.poll()).endsWith(" WARN  configuration: odd" + System.lineSeparator());
    }

    /** What is written to the log, in one pattern. */
    private static final class Lines extends AppenderBase<ILoggingEvent> {
        private final Queue<String> written = new ConcurrentLinkedQueue<>();
        private final PatternLayout layout = shippedLayout();
        private final List<Logger> loggers;

        private Lines(List<Logger> loggers) {
            this.loggers = loggers;
        }

        /** What the shipped configurations name; Logback makes it in the same way. */
        private static PatternLayout shippedLayout() {
            try {
                return Class.forName("dev.homeostat.launcher.log.PrintableLayout")
                        .asSubclass(PatternLayout.class)
                        .getConstructor()
                        .newInstance();
            } catch (ReflectiveOperationException e) {
                throw new LinkageError(e.getMessage(), e);
            }
        }

        static Lines listen(String pattern, String... names) {
            List<Logger> loggers = Arrays.stream(names)
                    .map(LoggerFactory::getLogger)
                    .map(Logger.class::cast)
                    .toList();
            Lines lines = new Lines(loggers);
            lines.layout.setContext(loggers.getFirst().getLoggerContext());
            lines.layout.setPattern(pattern);
            lines.layout.start();
            lines.start();
            loggers.forEach(logger -> {
                logger.setLevel(Level.INFO);
                logger.setAdditive(false);
                logger.addAppender(lines);
            });
            return lines;
        }

        void end() {
            loggers.forEach(logger -> {
                logger.detachAppender(this);
                logger.setAdditive(true);
                logger.setLevel(null);
            });
        }

        @Override
        protected void append(ILoggingEvent event) {
            written.add(layout.doLayout(event));
        }
    }
}
