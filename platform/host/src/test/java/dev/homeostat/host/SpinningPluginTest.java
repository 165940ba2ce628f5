package dev.homeostat.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.host.view.HealthLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Plugin code that never pauses, on more virtual threads than there are processors, keeps nothing else from running. */
final class SpinningPluginTest {
    private static final String ENDS = "spinning-ends";

    /** What takes a second and a half on an idle machine takes its share of a busy one: five threads spin. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    @TempDir
    Path directory;

    @BeforeEach
    void begin() {
        System.clearProperty(ENDS);
    }

    @AfterEach
    void end() {
        System.setProperty(ENDS, "now");
    }

    @Test
    void whoNeverPauses_isNamed_andAllOthersGoOn() throws Exception {
        int spinning = 2 * Runtime.getRuntime().availableProcessors() + 1;
        try (HostFixture host = new HostFixture(directory)) {
            host.with(PluginJar.modular("busy", """
                for (int i = 0; i < %d; i++) {
                    ctx.job("spin-" + i, () -> { while (System.getProperty("%s") == null) { Thread.onSpinWait(); } });
                }
                """.formatted(spinning, ENDS)), "busy.jar")
                    .with(MemoPlugin.with(MemoPlugin.CONTRIBUTE + """
                        ctx.job("write", () -> ctx.database().write(memos, txn -> memos.insert(txn, new Memo("one", "first"))));
                        """), "memos.jar")
                    .start();

            await().atMost(PATIENCE).until(() -> Files.exists(host.home.resolve("data/memos/one")));
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(threads(host))
                            .singleElement()
                            .satisfies(line -> assertThat(line.ok()).isFalse())
                            .extracting(HealthLine::message)
                            .asString()
                            .contains(
                                    "run without a pause", "\"busy: job \"spin-", "\" in test.busy.ThePlugin.lambda$"));

            host.lifecycle(() -> host.lifecycleOf().stop("busy", "by command"));
            System.setProperty(ENDS, "now");
            await().atMost(PATIENCE).until(() -> host.plugin("busy").reason().equals("stopped by command"));
        }
    }

    private static List<HealthLine> threads(HostFixture host) {
        return host.host().health().stream()
                .filter(line -> line.plugin().isEmpty() && line.name().equals("threads"))
                .toList();
    }
}
