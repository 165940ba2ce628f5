package dev.homeostat.host.http;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.metrics.HostMetrics;
import dev.homeostat.host.view.PluginView;
import dev.homeostat.host.view.PluginView.State;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
final class PagesTest {
    private final FakeHost host = new FakeHost();
    private final HostMetrics metrics = HostMetrics.open(ManagementFactory.getPlatformMBeanServer(), host.scheduler());
    private final Map<String, Page> pages = Pages.of(host, metrics);

    @AfterEach
    void close() {
        metrics.close();
        host.close();
    }

    private Reply answer(String path) throws Exception {
        return requireNonNull(pages.get(path)).answer();
    }

    private static String text(Reply reply) {
        return reply.body();
    }

    private void plugin(String id, State state, String reason) {
        host.plugins.add(
                new PluginView(id, "1.0.0", state, "", reason, id + ".jar", Instant.EPOCH, List.of(), List.of()));
    }

    @Test
    void livez_saysThatItLives() throws Exception {
        assertThat(answer("/livez").status()).isEqualTo(200);
        assertThat(text(answer("/livez"))).isEqualTo("alive\n");
    }

    @Test
    void readyz_saysWhatIsMissing_oneALine_andNotTooMuch() throws Exception {
        assertThat(answer("/readyz").status()).isEqualTo(200);
        assertThat(text(answer("/readyz"))).isEqualTo("ready\n");
        plugin("bad", State.FAILED, "it threw\n\u001b[31mred");
        assertThat(answer("/readyz").status()).isEqualTo(503);
        assertThat(text(answer("/readyz"))).isEqualTo("not ready\nplugin \"bad\" failed: it threw [31mred\n");
        for (int i = 0; i < 100; i++) {
            plugin("bad" + i, State.FAILED, "it threw");
        }
        assertThat(text(answer("/readyz")).lines()).hasSize(52).endsWith("and 51 more");
    }

    @Test
    void metrics_areThoseOfTheHost_andEscapedWherePluginsChoseTheirNames() throws Exception {
        metrics.show(host);
        metrics.plugins().counter("a", "say \"hi\"\nthere\\").add(3);
        metrics.plugins().stopwatch("a", "t").record(Duration.ofMillis(1500));
        metrics.plugins().gauge("a", "g", () -> 1.25);
        Reply reply = answer("/metrics");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.type()).isEqualTo("text/plain; version=0.0.4; charset=utf-8");
        assertThat(text(reply).lines())
                .contains(
                        "# HELP homeostat_build_info The version of the host.",
                        "# TYPE homeostat_build_info gauge",
                        "homeostat_build_info{version=\"0.1.0\"} 1",
                        "# TYPE homeostat_host_ready gauge",
                        "homeostat_host_ready 1.0",
                        "homeostat_host_uptime_seconds 125.0",
                        "# TYPE homeostat_plugin_events_total counter",
                        "homeostat_plugin_events_total{name=\"say \\\"hi\\\"\\nthere\\\\\",plugin=\"a\"} 3.0",
                        "# TYPE homeostat_plugin_duration_seconds summary",
                        "homeostat_plugin_duration_seconds{name=\"t\",plugin=\"a\",quantile=\"0.99\"} 1.5",
                        "homeostat_plugin_duration_seconds_count{name=\"t\",plugin=\"a\"} 1",
                        "homeostat_plugin_duration_seconds_sum{name=\"t\",plugin=\"a\"} 1.5",
                        "homeostat_plugin_value{name=\"g\",plugin=\"a\"} 1.25",
                        "# TYPE jvm_memory_used_bytes gauge");
    }

    @Test
    void metricsOfGaugesThatThrowOrHang_areLeftOut_andWaitedForTogether() throws Exception {
        CountDownLatch never = new CountDownLatch(1);
        for (int i = 0; i < 40; i++) {
            metrics.plugins().gauge("a", "hangs" + i, () -> {
                never.await();
                return 1L;
            });
            metrics.plugins().gauge("a", "throws" + i, () -> {
                throw new StackOverflowError("planted");
            });
        }
        metrics.plugins().gauge("a", "good", () -> 7L);
        long begin = System.nanoTime();
        String text = text(answer("/metrics"));
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(15)); // not 40
        assertThat(text)
                .contains("homeostat_plugin_value{name=\"good\",plugin=\"a\"} 7.0\n")
                .doesNotContain("hangs", "throws");
        metrics.plugins().removeAll("a");
        assertThat(text(answer("/metrics"))).doesNotContain("homeostat_plugin_value{");
        never.countDown();
    }
}
