package dev.homeostat.host.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.host.HostFixture;
import dev.homeostat.host.PluginJar;
import dev.homeostat.host.view.HealthLine;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The endpoint of a whole host. */
@Timeout(120)
final class HttpEndpointTest {
    private final int port = HostFixture.freePort();

    @TempDir
    Path directory;

    private HostFixture host;

    @BeforeEach
    void makeHost() {
        host = new HostFixture(directory)
                .file("conf/homeostat.yaml", "sources: []\nhttp: {port: %d}\n".formatted(port));
    }

    @AfterEach
    void closeHost() {
        host.close();
    }

    private String get(String path) throws Exception {
        return RawClient.ask(port, "GET " + path + " HTTP/1.1\r\n\r\n");
    }

    @Test
    void host_isAliveAndReady_untilItStops() throws Exception {
        host.with(PluginJar.modular("one", "ctx.gauge(\"rows\", () -> 3);"), "one.jar")
                .start();
        assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
        assertThat(get("/readyz")).startsWith("HTTP/1.1 200 ").endsWith("ready\n");
        assertThat(get("/metrics"))
                .contains(
                        "homeostat_plugin_active{plugin=\"one\"} 1.0\n",
                        "homeostat_plugin_value{name=\"rows\",plugin=\"one\"} 3.0\n");
        host.stop("one");
        assertThat(get("/metrics"))
                .contains("homeostat_plugin_active{plugin=\"one\"} 0.0\n")
                .doesNotContain("homeostat_plugin_value{");
        host.close();
        assertThatThrownBy(() -> get("/livez")).isInstanceOf(ConnectException.class);
    }

    @Test
    void pluginThatFails_isWhatReadyzSays() throws Exception {
        host.with(PluginJar.modular("bad", "throw new IllegalStateException(\"planted\");"), "bad.jar")
                .start();
        assertThat(get("/readyz"))
                .startsWith("HTTP/1.1 503 ")
                .contains("not ready\n", "plugin \"bad\" failed: ")
                .contains("planted");
        assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void portInUse_isSaidInTheHealth_andHadWhenItIsFree() throws Exception {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            host.start();
            assertThat(host.view().state()).isEqualTo("RUNNING");
            assertThat(host.view().degraded()).isTrue();
            assertThat(host.view().health())
                    .filteredOn(line -> line.name().equals("http"))
                    .singleElement()
                    .extracting(HealthLine::message)
                    .asString()
                    .contains("cannot listen on 127.0.0.1:" + other.getLocalPort(), "in use", "http.port", "restart");
        }
        await("the port is had")
                .atMost(Duration.ofSeconds(60))
                .until(() -> host.view().health().isEmpty());
        assertThat(get("/livez")).startsWith("HTTP/1.1 200 ");
    }

    @Test
    void addressThatIsNotOfThisMachine_isSaidInTheHealth() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []\nhttp: {port: %d, address: 192.0.2.1}\n".formatted(port))
                .start();
        assertThat(host.view().state()).isEqualTo("RUNNING");
        assertThat(host.view().health())
                .singleElement()
                .extracting(HealthLine::message)
                .asString()
                .contains("cannot listen on 192.0.2.1:" + port, "http.address");
    }

    @Test
    void endpoint_isOffUnlessThereIsAPort() throws Exception {
        host.file("conf/homeostat.yaml", "sources: []\n").start();
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().startsWith("homeostat-http"));
    }

    @Test
    void badSettings_areErrorsOfTheConfiguration_thatSayWhatToDo() {
        assertThatThrownBy(() -> host.file("conf/homeostat.yaml", "http:\n  port: 70000\n")
                        .start())
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll("conf/homeostat.yaml:2", "http.port", "65535", "70000");
        assertThatThrownBy(() -> host.file("conf/homeostat.yaml", "http: {port: 9464, address: my.host}\n")
                        .start())
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll("conf/homeostat.yaml:1: http: address", "my.host", "127.0.0.1");
        assertThatThrownBy(() -> host.file("conf/homeostat.yaml", "http:\n  address: 0.0.0.0\n")
                        .start())
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll("http: address", "0.0.0.0", "add one, such as 9464");
        assertThatThrownBy(
                        () -> host.file("conf/homeostat.yaml", "http: 9464\n").start())
                .isInstanceOf(DocumentException.class)
                .hasMessageContainingAll("conf/homeostat.yaml:1", "http", "port, address");
    }
}
