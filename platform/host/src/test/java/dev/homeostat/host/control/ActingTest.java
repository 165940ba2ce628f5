package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.control.Act.Outcome;
import dev.homeostat.host.fake.Example;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is written down of a call: who, what, what came of it. */
@Timeout(30)
final class ActingTest {
    private static final Path WIRE = Path.of("..", "..", "docs", "wire");
    private static final JsonMapper MAPPER = new JsonMapper();

    @TempDir
    Path data;

    private final Example example = new Example();
    private final List<Act> acts = new ArrayList<>();
    private final ControlMethods methods = new ControlMethods(example.host, acts::add);

    @AfterEach
    void close() {
        example.close();
    }

    private ObjectNode call(String method, String params) throws ControlException, IOException, InterruptedException {
        return methods.call(Caller.jmx("carol"), method, (ObjectNode) MAPPER.readTree(params), item -> {});
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        plugins.stop        | {"id":"docs"}                          | docs: active -> stopped: stopped over JMX by carol; tables that ended: docs
        plugins.unload      | {"id":"docs"}                          | docs: active -> forgotten, until its jar changes or the host starts; tables that ended: docs
        plugins.reload      | {"id":"docs"}                          | docs: loaded anew, active
        db.rejected.forget  | {"table":"docs","key":"big.bin"}       | row "big.bin" of table "docs" is no longer set aside, and forgotten
        reconcilers.retry   | {"name":"docs/disk"}                   | 2 rows of docs/disk are tried now
        reconcilers.retry   | {"name":"docs/disk","key":"b.txt"}     | b.txt of docs/disk is tried now
        reconcilers.refresh | {"name":"docs/disk"}                   | docs/disk: all that is done is checked again, at most 100 rows a second
        reconcilers.pause   | {"name":"docs/disk"}                   | docs/disk is paused
        reconcilers.resume  | {"name":"docs/disk"}                   | docs/disk was not paused
        reconcilers.mode    | {"name":"docs/disk","mode":"plan"}     | docs/disk: mode apply -> plan (command at 2026-01-02T03:04:05Z)
        reconcilers.mode    | {"name":"docs/disk","mode":"apply"}    | docs/disk: mode apply as before (command at 2026-01-02T03:04:05Z)
        reconcilers.options | {"name":"docs/disk","set":{"concurrency":"4"}} | docs/disk: concurrency 1 -> 4 (command at 2026-01-02T03:04:05Z)
        """)
    void whatWasDone_isWrittenDown_andInTheAnswer(String method, String params, String message) throws Exception {
        ObjectNode answer = call(method, params);
        assertThat(acts).singleElement().satisfies(act -> {
            assertThat(act.caller()).isEqualTo(new Caller("jmx", "carol"));
            assertThat(act.method()).isEqualTo(method);
            assertThat(act.params()).isEqualTo(MAPPER.readTree(params));
            assertThat(act.outcome()).isEqualTo(Outcome.DONE);
            assertThat(act.message()).isEqualTo(message);
        });
        List<String> did = new ArrayList<>();
        answer.path("did").forEach(line -> did.add(line.stringValue()));
        assertThat(String.join("; ", did)).isEqualTo(message);
    }

    @Test
    void whatWasTriedInVain_isWrittenDownAsFailed() throws Exception {
        assertThat(call("plugins.reload", "{\"id\":\"broken.jar\"}").path("ok").booleanValue())
                .isFalse();
        WaitResult.Failure failure = new WaitResult.Failure("old-3", "is a directory");
        example.disk.pruned.complete(new PruneReport(List.of("old-0"), List.of(), List.of(failure), null));
        assertThat(call("reconcilers.prune", "{\"name\":\"docs/disk\"}")
                        .path("ok")
                        .booleanValue())
                .isFalse();
        assertThat(acts).extracting(Act::outcome).containsExactly(Outcome.FAILED, Outcome.FAILED);
        assertThat(acts.getFirst().message())
                .isEqualTo("broken.jar: failed as before: not a plugin: its manifest has no Plugin-Id");
    }

    @Test
    void confirmedPrune_isWrittenDownWithWhatItRemoved() throws Exception {
        call("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":7}");
        assertThat(acts.getFirst().message()).startsWith("removed 12: old-0, old-1, old-2, ");
    }

    @Test
    void prune_isWrittenDownWithAllThatCameOfIt() throws Exception {
        List<WaitResult.Failure> failed = List.of(new WaitResult.Failure("old-3", "is a directory"));
        example.disk.pruned.complete(new PruneReport(List.of("old-0", "old-1"), List.of("old-2"), failed, null));
        call("reconcilers.prune", "{\"name\":\"docs/disk\"}");
        assertThat(acts.getFirst().message())
                .isEqualTo("removed 2: old-0, old-1; spared 1: old-2; could not remove 1: old-3");
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        status              | {}
        db.show             | {"table":"docs"}
        reconcilers.mode    | {"name":"docs/disk"}
        reconcilers.options | {"name":"docs/disk"}
        reconcilers.options | {"name":"docs/disk","set":null}
        reconcilers.plan    | {"name":"docs/disk"}
        explain             | {"table":"docs","key":"b.txt"}
        """)
    void whatOnlyAsks_isNot(String method, String params) throws Exception {
        call(method, params);
        assertThat(acts).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        plugins.stop        | {"id":"dogs"}                                  | REFUSED    | unknown-plugin: there is no plugin "dogs"
        plugins.stop        | {}                                             | REFUSED    | bad-params: method "plugins.stop": parameter "id" is missing
        reconcilers.confirm | {"name":"docs/disk","number":8}                | REFUSED    | unknown-prune: docs/disk: no prune 8 is held
        reconcilers.prune   | {"name":"docs/disk","timeoutMillis":1}         | UNFINISHED | timeout: the prune of docs/disk is not over after 1 ms
        """)
    void whatWasNotDone_isWrittenDownToo(String method, String params, Outcome outcome, String message) {
        assertThatThrownBy(() -> call(method, params)).isInstanceOf(ControlException.class);
        assertThat(acts).singleElement().satisfies(act -> {
            assertThat(act.outcome()).isEqualTo(outcome);
            assertThat(act.message()).startsWith(message);
        });
    }

    /** Somebody who writes to the socket by hand forgets to make a text of it. */
    @Test
    void documentThatIsNoText_isNotQuotedEither() {
        assertThatThrownBy(() -> call("db.insert", "{\"table\":\"docs\",\"document\":{\"password\":\"hunter2\"}}"))
                .isInstanceOf(ControlException.class);
        assertThat(acts).singleElement().satisfies(act -> {
            assertThat(act.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(act.toString()).contains("bad-params").doesNotContain("hunter2");
        });
    }

    @Test
    void callThatThrows_isWrittenDownAsFailed() {
        example.disk.pruned.completeExceptionally(new IllegalStateException("planted"));
        assertThatThrownBy(() -> call("reconcilers.prune", "{\"name\":\"docs/disk\"}"))
                .isInstanceOf(ControlException.class);
        assertThat(acts.getFirst().outcome()).isEqualTo(Outcome.FAILED);
        assertThat(acts.getFirst().message()).contains("planted");
    }

    @Test
    void reasonOfAPluginThatWasStopped_saysByWhichDoor() throws Exception {
        for (Map.Entry<Caller, String> one : Map.of(
                        Caller.command("alice"), "stopped by command",
                        Caller.jmx(), "stopped over JMX",
                        Caller.test(), "stopped by a test")
                .entrySet()) {
            methods.call(one.getKey(), "plugins.stop", (ObjectNode) MAPPER.readTree("{\"id\":\"docs\"}"), item -> {});
            assertThat(example.host.plugins())
                    .anySatisfy(plugin -> assertThat(plugin.reason()).isEqualTo(one.getValue()));
        }
    }

    @Test
    void overTheSocket_theUserIsTheOneOfTheOperatingSystem() throws Exception {
        try (ControlServer server = ControlServer.open(example.host, methods, data);
                Client client = new Client(server.socket())) {
            client.result("reconcilers.pause", "{\"name\":\"docs/disk\"}");
        }
        assertThat(acts.getFirst().caller())
                .isEqualTo(new Caller("command", Files.getOwner(data).getName()));
    }

    @Test
    void secretsAndLongThings_areNotWrittenDown() throws Exception {
        String params = """
            {"document":{"a":1},"note":"%s","set":{"user":"bob","dbPassword":"hunter2","apiKey":{"x":"hunter2"}},
             "list":[{"token":"hunter2"},%s],"deep":{"a":{"b":{"c":{"d":{"e":1}}}}}}\
            """.formatted("x".repeat(5000), "1,".repeat(500) + "1");
        ObjectNode shown = Redacted.of((ObjectNode) MAPPER.readTree(params), Set.of("document"));
        assertThat(shown.toString()).doesNotContain("hunter2").hasSizeLessThan(1500);
        assertThat(shown.path("document").stringValue()).isEqualTo("***");
        assertThat(shown.at("/set/user").stringValue()).isEqualTo("bob");
        assertThat(shown.at("/set/dbPassword").stringValue()).isEqualTo("***");
        assertThat(shown.path("note").stringValue()).endsWith("(5000 characters)");
        assertThat(shown.path("list").size()).isEqualTo(21);
        ObjectNode wide = JsonNodeFactory.instance.objectNode();
        for (int i = 0; i < 10_000; i++) {
            wide.put("field" + i, "x".repeat(1000));
        }
        assertThat(Redacted.of(wide, Set.of()).toString()).hasSizeLessThan(15_000);
    }

    @Test
    void everythingThatActs_hasAnExampleThatSaysWhatItDid() throws IOException {
        // What is done with plugins is one method by four names.
        Set<String> alike = Set.of("plugins.start");
        for (String method : methods.acting()) {
            if (!alike.contains(method)) {
                List<String> lines = Files.readAllLines(WIRE.resolve(method + ".jsonl"));
                JsonNode did = MAPPER.readTree(lines.getLast()).at("/result/did");
                assertThat(did.size()).as(method).isPositive();
            }
        }
    }
}
