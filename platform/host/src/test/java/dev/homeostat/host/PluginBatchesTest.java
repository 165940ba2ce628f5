package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Path;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** Batches of a plugin stay batches when the host puts its names, its class loader and its view of the database around them. */
final class PluginBatchesTest {
    @TempDir
    Path directory;

    @Test
    void promise_B2_aPluginsBatchesReachItAsBatches() throws Exception {
        Said said = new Said();
        Logger logger = (Logger) LoggerFactory.getLogger("test.batches");
        logger.setLevel(Level.INFO);
        said.start();
        logger.addAppender(said);
        try (HostFixture host = new HostFixture(directory).file("conf/homeostat.yaml", "sources: []\n")) {
            host.with(PluginJar.modular("many", "").pluginClass("many", """
                static final org.slf4j.Logger LOG = org.slf4j.LoggerFactory.getLogger("test.batches");
                record Ops(Database database, RWTable<String> names) implements BatchOperations<String> {
                    public void updateAll(BatchContext context, java.util.List<BatchEntry<String>> entries) {
                        boolean own = Thread.currentThread().getContextClassLoader() == Ops.class.getClassLoader();
                        LOG.info("{} rows, {} in the snapshot, own loader: {}", entries.size(), names.count(context.txn()), own);
                        for (BatchEntry<String> entry : entries) {
                            if (entry.row().equals("b") && entry.attempt() < 2) {
                                entry.result(Outcome.retry("planted"));
                            } else {
                                entry.result(Outcome.done());
                            }
                        }
                    }
                    public void deleteAll(BatchContext context, java.util.List<BatchEntry<String>> entries) {
                        entries.forEach(entry -> entry.result(Outcome.done()));
                    }
                }
                """, """
                Database database = ctx.database();
                RWTable<String> names = ctx.table(TableSpec.of("names", String.class, Index.unique("id", Keys.STRING, s -> s)));
                ctx.reconciler("r", names, new Ops(database, names), Options.defaults()
                        .withoutPruning().retrying(Duration.ofMillis(1), Duration.ofMillis(2)));
                ctx.job("j", () -> database.write(names, txn -> {
                    names.insert(txn, "a");
                    names.insert(txn, "b");
                    return names.insert(txn, "c");
                }));
                """), "many.jar")
                    .start();
            await().untilAsserted(() -> assertThat(said.lines)
                    .containsExactly(
                            "[many names/r] 3 rows, 3 in the snapshot, own loader: true",
                            "[many names/r] 1 rows, 3 in the snapshot, own loader: true"));
        } finally {
            logger.detachAppender(said);
            logger.setLevel(null);
        }
    }

    /** What is written to the log, with the names of plugin and reconciler. */
    private static final class Said extends AppenderBase<ILoggingEvent> {
        private final Queue<String> lines = new ConcurrentLinkedQueue<>();

        @Override
        protected void append(ILoggingEvent event) {
            lines.add("[" + event.getMDCPropertyMap().get("plugin") + " "
                    + event.getMDCPropertyMap().get("reconciler") + "] " + event.getFormattedMessage());
        }
    }
}
