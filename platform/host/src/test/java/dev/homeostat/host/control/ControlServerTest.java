package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.view.PluginView;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** Connections, requests that are none, and names that nothing has. */
@Timeout(30)
final class ControlServerTest {
    @TempDir
    Path data;

    private ServedExample served;

    @BeforeEach
    void open() throws IOException {
        served = new ServedExample(data);
    }

    @AfterEach
    void close() throws IOException {
        served.close();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        db.show            | {"table":"dogs"}                           | unknown-table      | docs
        db.get             | {"table":"docs","key":"b.tx"}              | unknown-key        | b.txt
        db.get             | {"table":"docs","key":"5","index":"sise"}  | unknown-index      | size
        db.list            | {"table":"docs","key":"x","index":"size"}  | bad-key            |
        db.prefix          | {"table":"docs","key":"1","index":"size"}  | bad-key            | lowerbound
        db.show            | {"tabel":"docs"}                           | bad-params         | table
        db.show            | {}                                         | bad-params         |
        db.show            | {"table":3}                                | bad-params         |
        reconcilers.prune  | {"name":"docs/disc"}                       | unknown-reconciler | docs/disk
        reconcilers.confirm| {"name":"docs/disk","number":8}            | unknown-prune      | 7
        reconcilers.confirm| {"name":"docs/disk","number":"7"}          | bad-params         |
        reconcilers.options| {"name":"docs/disk","set":{"mod":"plan"}}  | bad-params         | "homeostat reconcilers options docs/disk" lists
        reconcilers.pause  | {"name":"dsk"}                             | unknown-reconciler | did you mean "disk"?
        reconcilers.failures| {"name":"docs/disc"}                      | unknown-reconciler | docs/disk
        reconcilers.failures| {"name":"docs/disk","limit":0}            | bad-params         |
        reconcilers.retry  | {"name":"docs/disk","key":"nope"}          | unknown-key        |
        explain            | {"table":"docs","key":"17"}                | unknown-key        | the keys (path) are text; "homeostat db show
        explain            | {"table":"docs","key":"ghots"}             | unknown-key        |
        wait               | {"timeoutMillis":-1}                       | bad-params         |
        staus              | {}                                         | unknown-method     | status
        """)
    void request_thatNamesWhatIsNotThere_getsCodeAndHint(String method, String params, String code, String hint)
            throws IOException {
        JsonNode error = served.client.error(method, params);
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).isNotEmpty();
        assertThat(error.path("hint").stringValue()).contains(hint == null ? "" : hint);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "hello",
                "",
                "[]",
                "{",
                "{}",
                "null",
                "{\"id\":1}",
                "{\"id\":{},\"protocol\":1,\"method\":\"status\"}",
                "{\"id\":1,\"protocol\":1,\"method\":\"status\",\"params\":[]}",
                "{\"id\":1,\"protocol\":1,\"method\":\"status\",\"extra\":1}",
                "{\"id\":1,\"id\":2,\"protocol\":1,\"method\":\"status\"}",
                "{\"id\":1,\"protocol\":1,\"method\":\"status\"} {}",
                "\u0000\u0001",
            })
    void malformedLine_getsAnErrorAndTheNextIsServed(String line) throws IOException {
        served.client.send(line + "\n");
        assertThat(served.client.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
        assertThat(served.client.result("db.tables", "{}").at("/tables/0/name").stringValue())
                .isEqualTo("docs");
    }

    @Test
    void methodThatThrowsAnError_isAnswered_andTheNextIsServed() {
        String request = "{\"id\":1,\"protocol\":1,\"method\":\"plugins.check\"}\n";
        ControlMethods methods = ControlMethods.offline(served.example.host.configuration(), jars -> {
            throw new AssertionError("planted");
        });
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        StreamChannel.answerAll(
                methods,
                served.example.host.scheduler(),
                new ByteArrayInputStream((request + request).getBytes(StandardCharsets.UTF_8)),
                out);
        assertThat(out.toString(StandardCharsets.UTF_8).lines())
                .hasSize(2)
                .allMatch(line -> line.contains("\"code\":\"failed\"") && line.contains("planted"));
    }

    @Test
    void pluginThatIsOnlyLeftInMemory_isUnknownToCommands() throws IOException {
        served.example.host.plugins.add(new PluginView(
                "ghost",
                "1.0.0",
                PluginView.State.LEAKED,
                "",
                "version 1.0.0 is still in memory",
                "",
                FakeHost.NOW,
                List.of(),
                List.of()));
        JsonNode error = served.client.error("plugins.start", "{\"id\":\"ghost\"}");
        assertThat(error.path("code").stringValue()).isEqualTo("unknown-plugin");
        assertThat(error.path("message").stringValue()).isEqualTo("there is no plugin \"ghost\"");
        assertThat(error.path("hint").stringValue()).contains("in memory");
    }

    @Test
    void deeplyNestedLine_getsAnError() throws IOException {
        served.client.send("[".repeat(100_000) + "\n");
        assertThat(served.client.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
    }

    @Test
    void otherProtocol_isRefusedWithBothVersions() throws IOException {
        served.client.send("{\"id\":1,\"protocol\":2,\"method\":\"status\"}\n");
        JsonNode error = served.client.answer().path("error");
        assertThat(error.path("code").stringValue()).isEqualTo("protocol");
        assertThat(error.path("message").stringValue()).contains("1").contains("2");
        assertThat(error.path("hint").stringValue()).contains("installation");
    }

    @Test
    void endlessLine_isCutOffAndOthersAreServed() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        try (Client rude = new Client(served.server.socket())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            rude.send(megabyte);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(rude.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
        }
        assertThat(served.client.result("plugins", "{}").path("plugins").size()).isEqualTo(2);
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            requests.append("{\"id\":\"n").append(i).append("\",\"protocol\":1,\"method\":\"db.tables\"}\n");
        }
        served.client.send(requests.toString());
        for (int i = 0; i < 100; i++) {
            assertThat(served.client.answer().path("id").stringValue()).isEqualTo("n" + i);
        }
    }

    @Test
    void lineInPieces_isOneRequest() throws IOException {
        for (char c : "{\"id\":1,\"protocol\":1,\"method\":\"plugins\"}\n".toCharArray()) {
            served.client.send(String.valueOf(c));
        }
        assertThat(served.client.answer().has("result")).isTrue();
    }

    @Test
    void tooManyClients_areToldSo() throws IOException {
        List<Client> clients = new ArrayList<>();
        try {
            String wait = "{\"id\":1,\"protocol\":1,\"method\":\"wait\",\"params\":{\"timeoutMillis\":600000}}\n";
            served.client.send(wait);
            for (int i = 0; i < 63; i++) {
                Client one = new Client(served.server.socket());
                clients.add(one);
                one.send(wait);
            }
            Client tooMany = new Client(served.server.socket());
            clients.add(tooMany);
            assertThat(tooMany.answer().at("/error/code").stringValue()).isEqualTo("busy");
            served.example.disk.waited.complete(new WaitResult(true, List.of(), ""));
            await("there is a place, for nobody waits any more")
                    .ignoreExceptions()
                    .atMost(Duration.ofSeconds(10))
                    .untilAsserted(() -> {
                        try (Client next = new Client(served.server.socket())) {
                            assertThat(next.result("plugins", "{}").has("plugins"))
                                    .isTrue();
                        }
                    });
        } finally {
            for (Client one : clients) {
                one.close();
            }
        }
    }

    @Test
    void clientThatStopsReading_doesNotHoldUpOthersOrTheClose() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            served.example.docs.with(new Doc("many-" + i, "x".repeat(200), i));
        }
        try (Client lazy = new Client(served.server.socket())) {
            lazy.send("{\"id\":1,\"protocol\":1,\"method\":\"db.dump\"}\n");
            assertThat(served.client.result("plugins", "{}").has("plugins")).isTrue();
            served.server.close();
            await("the server cut it off").atMost(Duration.ofSeconds(5)).until(() -> {
                try {
                    while (lazy.line() != null) {
                        // What was on its way.
                    }
                    return true;
                } catch (IOException e) {
                    return true;
                }
            });
        }
    }

    @Test
    void clientThatReadsSlowly_isToldThatItsSnapshotWasLetGo_whenAPluginStops() throws IOException {
        for (int i = 0; i < 20_000; i++) {
            served.example.docs.with(new Doc("many-" + i, "x".repeat(200), i));
        }
        try (Client slow = new Client(served.server.socket())) {
            slow.send("{\"id\":1,\"protocol\":1,\"method\":\"db.dump\"}\n");
            assertThat(slow.answer().has("item")).isTrue();
            served.server.pluginRemoved("another");
            JsonNode answer = slow.answer();
            int items = 1;
            while (answer.has("item")) {
                answer = slow.answer();
                items++;
            }
            assertThat(answer.at("/error/code").stringValue()).isEqualTo("expired");
            assertThat(answer.at("/error/message").stringValue()).contains("a plugin stopped");
            assertThat(items).isLessThan(20_000);
        }
        assertThat(served.client.ask("db.dump", "{}")).hasSizeGreaterThan(20_000);
    }

    @Test
    void close_whileClientsWait_endsThem() throws IOException {
        served.client.send("{\"id\":1,\"protocol\":1,\"method\":\"wait\",\"params\":{\"timeoutMillis\":600000}}\n");
        served.server.close();
        String line;
        try {
            line = served.client.line();
        } catch (IOException e) {
            line = null;
        }
        assertThat(line).isNull();
        assertThat(served.server.socket()).doesNotExist();
        assertThatThrownBy(() -> new Client(served.server.socket())).isInstanceOf(IOException.class);
    }
}
