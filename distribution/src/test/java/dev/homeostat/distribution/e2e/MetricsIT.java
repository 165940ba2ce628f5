package dev.homeostat.distribution.e2e;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a metrics system and an orchestrator see of a host, over its HTTP endpoint. */
class MetricsIT extends E2eTest {
    private final HttpClient client = HttpClient.newHttpClient();
    private final int port = freePort();

    @AfterEach
    void closeClient() {
        client.close();
    }

    private static int freePort() {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private HttpResponse<String> get(String path) throws IOException, InterruptedException {
        return client.send(
                HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path))
                        .build(),
                BodyHandlers.ofString());
    }

    private Answer promtool(String metrics) throws IOException {
        Path file = Files.writeString(directory.resolve("metrics.txt"), metrics);
        return Answer.of(new ProcessBuilder("promtool", "check", "metrics").redirectInput(file.toFile()));
    }

    private static void assumePromtool() {
        assumeTrue(
                Arrays.stream(System.getenv("PATH").split(File.pathSeparator))
                        .anyMatch(entry -> Files.isExecutable(Path.of(entry, "promtool"))),
                "there is no promtool on the PATH; it is in Debian's package prometheus");
    }

    @Test
    void metricsOfARealHost_areRightInTheEyesOfPromtool() throws Exception {
        assumePromtool();
        home.config("http: {port: %d}\n".formatted(port)).manifest("hello.yaml", Yaml.HELLO);
        start();
        await("both rows are done")
                .untilAsserted(() -> assertThat(get("/metrics").body())
                        .contains(
                                "\nhomeostat_table_objects{table=\"files\"} 2.0\n",
                                "\n"
                                    + "homeostat_reconciler_update_seconds_count{reconciler=\"files/files\",table=\"files\"}"
                                    + " 2\n"));
        HttpResponse<String> metrics = get("/metrics");
        assertThat(metrics.headers().firstValue("content-type")).hasValue("text/plain; version=0.0.4; charset=utf-8");
        Answer check = promtool(metrics.body()).hasCode(0);
        assertThat(check.out() + check.err()).isEmpty();
        promtool("homeostat_rows{ 1\n").hasCode(1); // it does look
    }

    @Test
    void readyz_saysWhatIsMissing_whileTheHostLives() throws Exception {
        home.config("sources: [manifests, etcd]\nhttp: {port: %d}\n".formatted(port));
        start();
        assertThat(get("/livez").statusCode()).isEqualTo(200);
        await("the manifests were read").untilAsserted(() -> {
            assertThat(get("/readyz").statusCode()).isEqualTo(503);
            assertThat(get("/readyz").body()).isEqualTo("not ready\ntable \"files\" waits for source etcd\n");
        });
        assertThat(get("/metrics").body())
                .contains("homeostat_host_ready 0.0\n", "homeostat_table_initialized{table=\"files\"} 0.0\n");
    }

    @Test
    void portThatAnotherHas_isSaidByTheStatus_andKeepsNobodyFromWorking() throws Exception {
        try (ServerSocket other = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
            home.config("http: {port: %d}\n".formatted(other.getLocalPort())).manifest("hello.yaml", Yaml.HELLO);
            start();
            await("the files").until(() -> Files.exists(home.managed("greeting.txt")));
            assertThat(home.command("status").hasCode(1).out())
                    .contains("cannot listen on 127.0.0.1:" + port, "http.port");
        }
        await("it has the port").untilAsserted(() -> home.command("status").hasCode(0));
        assertThat(get("/readyz").statusCode()).isEqualTo(200);
    }

    @Test
    void withoutAPort_thereIsNoEndpoint_andBadSettingsAreNamed() {
        start();
        assertThatThrownBy(() -> get("/livez")).isInstanceOf(ConnectException.class);
        assertThat(home.command("config", "check", "-Dhomeostat.http.port=80000")
                        .hasCode(78)
                        .out())
                .contains("-Dhomeostat.http.port: http.port: must be at most 65535, but was 80000");
        assertThat(home.command("config", "check", "-Dhomeostat.http.address=localhost")
                        .hasCode(78)
                        .out())
                .contains("http: address: expected an IP address of this machine, such as 127.0.0.1", "\"localhost\"");
    }
}
