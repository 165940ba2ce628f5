package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.fake.Example;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeReconciler;
import dev.homeostat.host.fake.FakeTable;
import java.io.IOException;
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

@Timeout(30)
final class ControlServerTest {
    @TempDir
    Path data;

    private final Example example = new Example();
    private ControlServer server;
    private Client client;

    @BeforeEach
    void open() throws IOException {
        server = ControlServer.open(example.host, data);
        client = new Client(server.socket());
    }

    @AfterEach
    void close() throws IOException {
        client.close();
        server.close();
        example.close();
    }

    @Test
    void status_always_saysWhatTheHostShows() throws IOException {
        JsonNode status = client.result("status", "{}");
        assertThat(status.at("/host/degraded").booleanValue()).isTrue();
        assertThat(status.at("/host/pid").longValue())
                .isEqualTo(ProcessHandle.current().pid());
        assertThat(status.at("/plugins/0/reason").stringValue()).contains("Plugin-Id");
        assertThat(status.at("/tables/0/pendingInitializers/0").stringValue()).isEqualTo("manifests");
        assertThat(status.at("/reconcilers/0/heldPrune/count").intValue()).isEqualTo(12);
        assertThat(status.at("/reconcilers/0/heldPrune/removals").size()).isEqualTo(10);
        assertThat(status.at("/sources/0/waiting/0").stringValue()).isEqualTo("memos");
        assertThat(status.at("/health/1/ok").booleanValue()).isFalse();
    }

    @Test
    void reconcilers_ofOneName_listEveryHeldRemoval() throws IOException {
        JsonNode all = client.result("reconcilers", "{\"name\":\"docs/disk\"}");
        assertThat(all.at("/reconcilers/0/heldPrune/removals").size()).isEqualTo(12);
    }

    @Test
    void show_withUndoneDeletes_joinsThemInKeyOrder() throws IOException {
        List<JsonNode> lines = client.ask("db.show", "{\"table\":\"docs\"}");
        assertThat(lines.stream()
                        .filter(line -> line.has("item"))
                        .map(line -> line.at("/item/key").stringValue()))
                .containsExactly("a.txt", "b.txt", "ghost", "new.txt");
        JsonNode ghost = lines.get(2).path("item");
        assertThat(ghost.path("deleted").booleanValue()).isTrue();
        assertThat(ghost.at("/status/disk/permanent").booleanValue()).isTrue();
        assertThat(lines.getLast().at("/result/count").intValue()).isEqualTo(4);
    }

    @Test
    void show_withoutReconciler_hasRowsWithoutStatus() throws IOException {
        example.host.reconcilers.clear();
        List<JsonNode> lines = client.ask("db.show", "{\"table\":\"docs\"}");
        assertThat(lines.getFirst().at("/item/status").isEmpty()).isTrue();
        assertThat(lines.getLast().at("/result/count").intValue()).isEqualTo(3);
    }

    @Test
    void show_withCodecThatThrows_saysSoInTheRow() throws IOException {
        var spec = TableSpec.of("odd", Doc.class, Doc.PATH).codec(new RowCodec<>() {
            @Override
            public Tree encode(Doc row) {
                throw new IllegalStateException("no idea");
            }

            @Override
            public Doc decode(Tree document) {
                throw new UnsupportedOperationException();
            }
        });
        example.host.add(new FakeTable<>(spec).with(new Doc("x", "", 0)), "odd");
        JsonNode row =
                client.result("db.get", "{\"table\":\"odd\",\"key\":\"x\"}").path("row");
        assertThat(row.path("values").isNull()).isTrue();
        assertThat(row.path("text").stringValue()).contains("no idea");
    }

    @ParameterizedTest
    @CsvSource({
        "db.list, '', b.txt, b.txt",
        "db.prefix, '', n, new.txt",
        "db.lowerbound, '', b, 'b.txt,new.txt'",
        "db.list, size, 5, a.txt",
        "db.lowerbound, size, 5, 'a.txt,b.txt'",
    })
    void query_byIndex_findsRows(String method, String index, String key, String expected) throws IOException {
        String params = "{\"table\":\"docs\",\"key\":\"" + key + "\""
                + (index.isEmpty() ? "}" : ",\"index\":\"" + index + "\"}");
        List<String> keys = new ArrayList<>();
        for (JsonNode line : client.ask(method, params)) {
            if (line.has("item")) {
                keys.add(line.at("/item/key").stringValue());
            }
        }
        assertThat(String.join(",", keys)).isEqualTo(expected);
    }

    @Test
    void dump_ofAllTables_namesTheTableInEachRow() throws IOException {
        example.host.add(new FakeTable<>(TableSpec.of("empty", Doc.class, Doc.PATH)), "docs");
        List<JsonNode> lines = client.ask("db.dump", "{}");
        assertThat(lines.getFirst().at("/item/table").stringValue()).isEqualTo("docs");
        assertThat(lines.getLast().at("/result/tables").size()).isEqualTo(2);
        assertThat(lines.getLast().at("/result/tables/1/count").intValue()).isZero();
    }

    @Test
    void get_ofUndoneDelete_showsItsStatus() throws IOException {
        JsonNode row = client.result("db.get", "{\"table\":\"docs\",\"key\":\"ghost\"}")
                .path("row");
        assertThat(row.path("deleted").booleanValue()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        db.show            | {"table":"dogs"}                           | unknown-table      | docs
        db.get             | {"table":"docs","key":"b.tx"}              | unknown-key        | b.txt
        db.get             | {"table":"docs","key":"5","index":"sise"}  | unknown-index      | size
        db.list            | {"table":"docs","key":"x","index":"size"}  | bad-key            |
        db.prefix          | {"table":"docs","key":"1","index":"size"}  | bad-params         | lowerbound
        db.show            | {"tabel":"docs"}                           | bad-params         | table
        db.show            | {}                                         | bad-params         |
        db.show            | {"table":3}                                | bad-params         |
        reconcilers.prune  | {"name":"docs/disc"}                       | unknown-reconciler | docs/disk
        reconcilers.confirm| {"name":"docs/disk","number":8}            | unknown-prune      | 7
        reconcilers.confirm| {"name":"docs/disk","number":"7"}          | bad-params         |
        reconcilers.options| {"name":"docs/disk","set":{"mod":"plan"}}  | bad-params         | "homeostat reconcilers options docs/disk" lists
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
        JsonNode error = client.error(method, params);
        assertThat(error.path("code").stringValue()).isEqualTo(code);
        assertThat(error.path("message").stringValue()).isNotEmpty();
        assertThat(error.path("hint").stringValue()).contains(hint == null ? "" : hint);
    }

    @Test
    void explain_ofFailingRow_tellsAttemptsNewestFirst() throws IOException {
        JsonNode why = client.result("explain", "{\"table\":\"docs\",\"key\":\"b.txt\"}");
        assertThat(why.at("/row/values/size").intValue()).isEqualTo(9);
        assertThat(why.at("/reconcilers/0/status/attempts").intValue()).isEqualTo(4);
        assertThat(why.at("/reconcilers/0/attempts/0/cause").stringValue()).isEqualTo("retry");
        assertThat(why.at("/reconcilers/0/attempts/1/tookMillis").intValue()).isEqualTo(1500);
    }

    @Test
    void retry_ofOneKey_asksTheReconciler() throws IOException {
        assertThat(client.result("reconcilers.retry", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}")
                        .path("retried")
                        .intValue())
                .isEqualTo(1);
        assertThat(example.disk.retried).containsExactly(Keys.STRING.encode("b.txt"));
    }

    @Test
    void retry_withoutKey_takesAllThatFail() throws IOException {
        assertThat(client.result("reconcilers.retry", "{\"name\":\"docs/disk\"}")
                        .path("retried")
                        .intValue())
                .isEqualTo(2);
        assertThat(example.disk.retried)
                .containsExactlyInAnyOrder(Keys.STRING.encode("b.txt"), Keys.STRING.encode("ghost"));
    }

    @Test
    void confirm_ofTheHeldNumber_givesTheReport() throws IOException {
        JsonNode report = client.result("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":7}");
        assertThat(report.path("removed").size()).isEqualTo(12);
        assertThat(report.path("held").isNull()).isTrue();
    }

    @Test
    void prune_thatIsNotOver_timesOutAndSaysWhatItWaitsFor() throws IOException {
        JsonNode error = client.error("reconcilers.prune", "{\"name\":\"docs/disk\",\"timeoutMillis\":50}");
        assertThat(error.path("code").stringValue()).isEqualTo("timeout");
        assertThat(error.path("hint").stringValue()).contains("manifests");
        assertThat(error.path("message").stringValue()).endsWith("is not over after 50 ms");
        assertThat(example.disk.pruned).isNotCancelled().isNotDone();
    }

    @Test
    void prune_thatFails_givesItsReason() throws IOException {
        example.disk.pruned.completeExceptionally(new IOException("cannot list /srv/docs"));
        JsonNode error = client.error("reconcilers.prune", "{\"name\":\"docs/disk\"}");
        assertThat(error.path("code").stringValue()).isEqualTo("failed");
        assertThat(error.path("message").stringValue()).contains("cannot list /srv/docs");
    }

    @Test
    void prune_thatIsHeld_givesTheWholeList() throws IOException {
        example.disk.pruned.complete(new PruneReport(List.of(), List.of(), List.of(), example.disk.held));
        JsonNode report = client.result("reconcilers.prune", "{\"name\":\"disk\"}");
        assertThat(report.at("/held/removals").size()).isEqualTo(12);
    }

    @Test
    void reconciler_ofAmbiguousShortName_isAskedForInFull() throws IOException {
        FakeTable<Doc> other = new FakeTable<>(TableSpec.of("other", Doc.class, Doc.PATH));
        example.host.add(new FakeReconciler<>("disk", other), "docs");
        JsonNode error = client.error("reconcilers.retry", "{\"name\":\"disk\"}");
        assertThat(error.path("hint").stringValue()).contains("docs/disk").contains("other/disk");
    }

    @Test
    void wait_forAll_givesEachResult() throws IOException {
        example.disk.waited.complete(
                new WaitResult(false, List.of(new WaitResult.Failure("ghost", "is a directory")), ""));
        JsonNode waited = client.result("wait", "{}");
        assertThat(waited.path("reconciled").booleanValue()).isFalse();
        assertThat(waited.at("/reconcilers/0/failed/0/reason").stringValue()).isEqualTo("is a directory");
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
        client.send(line + "\n");
        assertThat(client.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
        assertThat(client.result("db.tables", "{}").at("/tables/0/name").stringValue())
                .isEqualTo("docs");
    }

    @Test
    void deeplyNestedLine_getsAnError() throws IOException {
        client.send("[".repeat(100_000) + "\n");
        assertThat(client.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
    }

    @Test
    void otherProtocol_isRefusedWithBothVersions() throws IOException {
        client.send("{\"id\":1,\"protocol\":2,\"method\":\"status\"}\n");
        JsonNode error = client.answer().path("error");
        assertThat(error.path("code").stringValue()).isEqualTo("protocol");
        assertThat(error.path("message").stringValue()).contains("1").contains("2");
        assertThat(error.path("hint").stringValue()).contains("installation");
    }

    @Test
    void endlessLine_isCutOffAndOthersAreServed() throws IOException {
        String megabyte = "x".repeat(1 << 20);
        try (Client rude = new Client(server.socket())) {
            assertThatThrownBy(() -> {
                        for (int i = 0; i < 100; i++) {
                            rude.send(megabyte);
                        }
                    })
                    .isInstanceOf(IOException.class);
            assertThat(rude.answer().at("/error/code").stringValue()).isEqualTo("bad-request");
        }
        assertThat(client.result("plugins", "{}").path("plugins").size()).isEqualTo(2);
    }

    @Test
    void pipelinedRequests_areAnsweredInOrder() throws IOException {
        StringBuilder requests = new StringBuilder();
        for (int i = 0; i < 100; i++) {
            requests.append("{\"id\":\"n").append(i).append("\",\"protocol\":1,\"method\":\"db.tables\"}\n");
        }
        client.send(requests.toString());
        for (int i = 0; i < 100; i++) {
            assertThat(client.answer().path("id").stringValue()).isEqualTo("n" + i);
        }
    }

    @Test
    void lineInPieces_isOneRequest() throws IOException {
        for (char c : "{\"id\":1,\"protocol\":1,\"method\":\"plugins\"}\n".toCharArray()) {
            client.send(String.valueOf(c));
        }
        assertThat(client.answer().has("result")).isTrue();
    }

    @Test
    void tooManyClients_areToldSo() throws IOException {
        List<Client> clients = new ArrayList<>();
        try {
            for (int i = 0; i < 63; i++) {
                Client one = new Client(server.socket());
                clients.add(one);
                one.result("plugins", "{}");
            }
            Client tooMany = new Client(server.socket());
            clients.add(tooMany);
            assertThat(tooMany.answer().at("/error/code").stringValue()).isEqualTo("busy");
            clients.removeFirst().close();
            await("the place of the client that went is free")
                    .atMost(Duration.ofSeconds(5))
                    .untilAsserted(() -> {
                        try (Client next = new Client(server.socket())) {
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
            example.docs.with(new Doc("many-" + i, "x".repeat(200), i));
        }
        try (Client lazy = new Client(server.socket())) {
            lazy.send("{\"id\":1,\"protocol\":1,\"method\":\"db.dump\"}\n");
            assertThat(client.result("plugins", "{}").has("plugins")).isTrue();
            server.close();
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
    void close_whileClientsWait_endsThem() throws IOException {
        client.send("{\"id\":1,\"protocol\":1,\"method\":\"wait\",\"params\":{\"timeoutMillis\":600000}}\n");
        server.close();
        String line;
        try {
            line = client.line();
        } catch (IOException e) {
            line = null;
        }
        assertThat(line).isNull();
        assertThat(server.socket()).doesNotExist();
        assertThatThrownBy(() -> new Client(server.socket())).isInstanceOf(IOException.class);
    }

    @Test
    void options_areShownSetAndTakenBack() throws IOException {
        JsonNode shown = client.result("reconcilers.options", "{\"name\":\"disk\"}");
        assertThat(shown.at("/options/0/name").stringValue()).isEqualTo("round-size");
        assertThat(shown.at("/options/0/from").stringValue()).isEqualTo("default");
        assertThat(shown.path("changed").isEmpty()).isTrue();
        JsonNode set = client.result(
                "reconcilers.options", "{\"name\":\"docs/disk\",\"set\":{\"round-size\":7,\"mode\":\"plan\"}}");
        assertThat(set.at("/changed/0/name").stringValue()).isEqualTo("round-size");
        assertThat(set.at("/changed/0/before").stringValue()).isEqualTo("1000");
        assertThat(set.at("/changed/0/value").stringValue()).isEqualTo("7");
        assertThat(set.path("mode").stringValue()).isEqualTo("plan");
        assertThat(example.disk.options().roundSize()).isEqualTo(7);
        JsonNode one = client.result("reconcilers", "{}").at("/reconcilers/0");
        assertThat(one.path("mode").stringValue()).isEqualTo("plan");
        assertThat(one.path("modeFrom").stringValue()).startsWith("command at ");
        JsonNode reset = client.result("reconcilers.options", "{\"name\":\"docs/disk\",\"reset\":[]}");
        assertThat(reset.path("changed").size()).isEqualTo(2);
        assertThat(example.disk.options()).isEqualTo(Options.defaults());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        {"name":"docs/disk","set":{"concurency":"2","round-size":"0"}} | did you mean "concurrency"
        {"name":"docs/disk","set":{"concurency":"2","round-size":"0"}} | round-size: must be at least 1, but was 0
        {"name":"docs/disk","set":{"retry-min":"1h"}}                  | retry-max: must be at least retry-min (
        {"name":"docs/disk","set":"concurrency=2"}                     | "set" must be an object
        {"name":"docs/disk","set":{"concurrency":[2]}}                 | "set.concurrency" must be text
        {"name":"docs/disk","reset":["concurrency"]}                   | concurrency: no command has set it
        {"name":"docs/disk","reset":["concurency"]}                    | did you mean "concurrency"
        {"name":"docs/disk","reset":"concurrency"}                     | "reset" must be a list
        """)
    void options_withNonsense_areRefused_andChangeNothing(String params, String message) throws IOException {
        JsonNode error = client.error("reconcilers.options", params);
        assertThat(error.path("code").stringValue()).isEqualTo("bad-params");
        assertThat(error.path("message").stringValue()).contains(message);
        assertThat(example.disk.options()).isEqualTo(Options.defaults());
    }

    @Test
    void pauseAndResume_ofARowAndOfAll() throws IOException {
        JsonNode paused = client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
        assertThat(paused.path("paused").booleanValue()).isTrue();
        assertThat(paused.at("/pausedRows/0").stringValue()).isEqualTo("b.txt");
        assertThat(paused.path("mode").stringValue()).isEqualTo("apply");
        assertThat(client.result("reconcilers.retry", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}")
                        .path("heldBack")
                        .stringValue())
                .isEqualTo("the row is paused");
        JsonNode all = client.result("reconcilers.pause", "{\"name\":\"docs/disk\"}");
        assertThat(all.path("mode").stringValue()).isEqualTo("paused");
        assertThat(client.result("reconcilers", "{}")
                        .at("/reconcilers/0/pausedRows")
                        .intValue())
                .isEqualTo(1);
        assertThat(client.error("reconcilers.prune", "{\"name\":\"docs/disk\"}")
                        .path("hint")
                        .stringValue())
                .contains("homeostat reconcilers resume docs/disk");
        JsonNode resumed = client.result("reconcilers.resume", "{\"name\":\"docs/disk\"}");
        assertThat(resumed.path("resumed").booleanValue()).isTrue();
        assertThat(resumed.path("mode").stringValue()).isEqualTo("apply");
        assertThat(resumed.path("pausedRows").size()).isEqualTo(1);
        client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
        assertThat(example.disk.pausedKeys()).isEmpty();
        assertThat(client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}")
                        .path("resumed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void pause_ofAKeyThatNoRowHas_saysSo_andSoDoesExplain() throws IOException {
        JsonNode paused = client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.tx\"}");
        assertThat(paused.path("paused").booleanValue()).isTrue();
        assertThat(paused.path("hint").stringValue())
                .isEqualTo("did you mean \"b.txt\"? table \"docs\" has no row \"b.tx\" now; if one comes, it waits");
        assertThat(client.error("explain", "{\"table\":\"docs\",\"key\":\"b.tx\"}")
                        .path("message")
                        .stringValue())
                .endsWith("; the key is paused in docs/disk");
        for (String key : List.of("b.txt", "ghost")) {
            assertThat(client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"" + key + "\"}")
                            .path("hint")
                            .stringValue())
                    .isEmpty();
            assertThat(client.result("explain", "{\"table\":\"docs\",\"key\":\"" + key + "\"}")
                            .at("/reconcilers/0/pausedRow")
                            .booleanValue())
                    .isTrue();
        }
    }

    @Test
    void explainAndWait_sayWhatHoldsAReconcilerBack() throws IOException {
        client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"a.txt\"}");
        client.result("reconcilers.mode", "{\"name\":\"docs/disk\",\"mode\":\"plan\"}");
        JsonNode why = client.result("explain", "{\"table\":\"docs\",\"key\":\"b.txt\"}");
        assertThat(why.at("/reconcilers/0/mode").stringValue()).isEqualTo("plan");
        assertThat(why.at("/reconcilers/0/pausedRow").booleanValue()).isFalse();
        example.disk.waited.complete(new WaitResult(false, List.of(), "row a.txt of docs/disk is paused; resume it"));
        JsonNode waited = client.result("wait", "{}").at("/reconcilers/0");
        assertThat(waited.path("mode").stringValue()).isEqualTo("plan");
        assertThat(waited.path("modeFrom").stringValue()).startsWith("command at ");
        assertThat(waited.path("pausedRows").intValue()).isEqualTo(1);
        assertThat(waited.at("/paused/0").stringValue()).isEqualTo("a.txt");
    }

    @Test
    void wait_thatIsNotOver_namesTheTimeAsPeopleSayIt() throws IOException {
        assertThat(client.error("wait", "{\"timeoutMillis\":1000}")
                        .path("message")
                        .stringValue())
                .isEqualTo("the wait is not over after 1 s");
    }

    @Test
    void confirm_withoutAHeldPrune_pointsToTheNext() throws IOException {
        example.disk.held = null;
        assertThat(client.error("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":3}")
                        .path("hint")
                        .stringValue())
                .isEqualTo("to look anew: homeostat reconcilers prune docs/disk");
    }

    @Test
    void whatPeopleDo_isInTheLog() throws IOException {
        try (LogLines log = LogLines.of("dev.homeostat.host")) {
            client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            client.result("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":7}");
            assertThat(log.written())
                    .containsExactly(
                            "reconciler docs/disk: row \"b.txt\" was paused by command",
                            "reconciler docs/disk: row \"b.txt\" was resumed by command",
                            "reconciler docs/disk: prune 7 was confirmed by command: 12 removed, 0 spared, 0 failed");
        }
    }

    @Test
    void resume_ofAReconcilerThatDoesNotRun_takesBackWhatWaitsForIt() throws IOException {
        example.host.steering.pause("memos/dusk");
        assertThat(client.result("reconcilers.resume", "{\"name\":\"memos/dusk\"}")
                        .path("resumed")
                        .booleanValue())
                .isTrue();
        assertThat(client.error("reconcilers.resume", "{\"name\":\"memos/dusk\"}")
                        .path("code")
                        .stringValue())
                .isEqualTo("unknown-reconciler");
    }

    @Test
    void refresh_ofAllAndOfARow_reachesTheReconciler() throws IOException {
        assertThat(client.result("reconcilers.refresh", "{\"name\":\"docs/disk\",\"key\":\"a.txt\"}")
                        .path("rate")
                        .doubleValue())
                .isEqualTo(100);
        assertThat(example.disk.refreshed).containsExactly(Keys.STRING.encode("a.txt"));
        client.result("reconcilers.refresh", "{\"name\":\"docs/disk\"}");
        assertThat(example.disk.refreshed).hasSizeGreaterThan(1);
        assertThat(client.error("reconcilers.refresh", "{\"name\":\"docs/disk\",\"key\":\"a.tx\"}")
                        .path("hint")
                        .stringValue())
                .contains("did you mean \"a.txt\"?");
    }
}
