package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.WaitResult;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Options, modes, pauses and refreshes. */
@Timeout(30)
final class SteeringMethodsTest {
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

    @Test
    void options_areShownSetAndTakenBack() throws IOException {
        JsonNode shown = served.client.result("reconcilers.options", "{\"name\":\"disk\"}");
        assertThat(shown.at("/options/0/name").stringValue()).isEqualTo("round-size");
        assertThat(shown.at("/options/0/from").stringValue()).isEqualTo("default");
        assertThat(shown.path("changed").isEmpty()).isTrue();
        JsonNode set = served.client.result(
                "reconcilers.options", "{\"name\":\"docs/disk\",\"set\":{\"round-size\":7,\"mode\":\"plan\"}}");
        assertThat(set.at("/changed/0/name").stringValue()).isEqualTo("round-size");
        assertThat(set.at("/changed/0/before").stringValue()).isEqualTo("1000");
        assertThat(set.at("/changed/0/value").stringValue()).isEqualTo("7");
        assertThat(set.path("mode").stringValue()).isEqualTo("plan");
        assertThat(served.example.disk.options().roundSize()).isEqualTo(7);
        JsonNode one = served.client.result("reconcilers", "{}").at("/reconcilers/0");
        assertThat(one.path("mode").stringValue()).isEqualTo("plan");
        assertThat(one.path("modeFrom").stringValue()).startsWith("command at ");
        JsonNode reset = served.client.result("reconcilers.options", "{\"name\":\"docs/disk\",\"reset\":[]}");
        assertThat(reset.path("changed").size()).isEqualTo(2);
        assertThat(served.example.disk.options()).isEqualTo(Options.defaults());
    }

    @Test
    void resetAndSet_areDoneTogetherOrNotAtAll() throws Exception {
        served.client.result("reconcilers.options", "{\"name\":\"docs/disk\",\"set\":{\"concurrency\":\"4\"}}");
        JsonNode refused = served.client.error(
                "reconcilers.options", "{\"name\":\"docs/disk\",\"reset\":[],\"set\":{\"concurrency\":\"none\"}}");
        assertThat(refused.path("hint").stringValue()).startsWith("nothing was changed");
        assertThat(served.example.disk.options().concurrency()).isEqualTo(4);
        JsonNode both = served.client.result(
                "reconcilers.options",
                "{\"name\":\"docs/disk\",\"reset\":[\"concurrency\"],\"set\":{\"retry-min\":\"250ms\"}}");
        assertThat(both.path("changed")).hasSize(2);
        assertThat(served.example.disk.options().concurrency()).isEqualTo(1);
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
        JsonNode error = served.client.error("reconcilers.options", params);
        assertThat(error.path("code").stringValue()).isEqualTo("bad-params");
        assertThat(error.path("message").stringValue()).contains(message);
        assertThat(served.example.disk.options()).isEqualTo(Options.defaults());
    }

    @Test
    void pauseAndResume_ofARowAndOfAll() throws IOException {
        JsonNode paused = served.client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
        assertThat(paused.path("paused").booleanValue()).isTrue();
        assertThat(paused.at("/pausedRows/0").stringValue()).isEqualTo("b.txt");
        assertThat(paused.path("mode").stringValue()).isEqualTo("apply");
        assertThat(served.client
                        .result("reconcilers.retry", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}")
                        .path("heldBack")
                        .stringValue())
                .isEqualTo("the row is paused");
        JsonNode all = served.client.result("reconcilers.pause", "{\"name\":\"docs/disk\"}");
        assertThat(all.path("mode").stringValue()).isEqualTo("paused");
        assertThat(served.client
                        .result("reconcilers", "{}")
                        .at("/reconcilers/0/pausedRows")
                        .intValue())
                .isEqualTo(1);
        assertThat(served.client
                        .error("reconcilers.prune", "{\"name\":\"docs/disk\"}")
                        .path("hint")
                        .stringValue())
                .contains("homeostat reconcilers resume docs/disk");
        JsonNode resumed = served.client.result("reconcilers.resume", "{\"name\":\"docs/disk\"}");
        assertThat(resumed.path("resumed").booleanValue()).isTrue();
        assertThat(resumed.path("mode").stringValue()).isEqualTo("apply");
        assertThat(resumed.path("pausedRows").size()).isEqualTo(1);
        served.client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
        assertThat(served.example.disk.pausedKeys()).isEmpty();
        assertThat(served.client
                        .result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}")
                        .path("resumed")
                        .booleanValue())
                .isFalse();
    }

    @Test
    void pause_ofAKeyThatNoRowHas_saysSo_andSoDoesExplain() throws IOException {
        JsonNode paused = served.client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.tx\"}");
        assertThat(paused.path("paused").booleanValue()).isTrue();
        assertThat(paused.path("hint").stringValue())
                .isEqualTo("did you mean \"b.txt\"? table \"docs\" has no row \"b.tx\" now; if one comes, it waits");
        assertThat(served.client
                        .error("explain", "{\"table\":\"docs\",\"key\":\"b.tx\"}")
                        .path("message")
                        .stringValue())
                .endsWith("; the key is paused in docs/disk");
        for (String key : List.of("b.txt", "ghost")) {
            assertThat(served.client
                            .result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"" + key + "\"}")
                            .path("hint")
                            .stringValue())
                    .isEmpty();
            assertThat(served.client
                            .result("explain", "{\"table\":\"docs\",\"key\":\"" + key + "\"}")
                            .at("/reconcilers/0/pausedRow")
                            .booleanValue())
                    .isTrue();
        }
    }

    @Test
    void explainAndWait_sayWhatHoldsAReconcilerBack() throws IOException {
        served.client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"a.txt\"}");
        served.client.result("reconcilers.mode", "{\"name\":\"docs/disk\",\"mode\":\"plan\"}");
        JsonNode why = served.client.result("explain", "{\"table\":\"docs\",\"key\":\"b.txt\"}");
        assertThat(why.at("/reconcilers/0/mode").stringValue()).isEqualTo("plan");
        assertThat(why.at("/reconcilers/0/pausedRow").booleanValue()).isFalse();
        served.example.disk.waited.complete(
                new WaitResult(false, List.of(), "row a.txt of docs/disk is paused; resume it"));
        JsonNode waited = served.client.result("wait", "{}").at("/reconcilers/0");
        assertThat(waited.path("mode").stringValue()).isEqualTo("plan");
        assertThat(waited.path("modeFrom").stringValue()).startsWith("command at ");
        assertThat(waited.path("pausedRows").intValue()).isEqualTo(1);
        assertThat(waited.at("/paused/0").stringValue()).isEqualTo("a.txt");
    }

    @Test
    void whatPeopleDo_isInTheLog() throws IOException {
        try (LogLines log = LogLines.of("dev.homeostat.host")) {
            served.client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            served.client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            served.client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            served.client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}");
            served.client.result("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":7}");
            assertThat(log.written())
                    .containsExactly(
                            "reconciler docs/disk: row \"b.txt\" was paused",
                            "reconciler docs/disk: row \"b.txt\" was resumed",
                            "reconciler docs/disk: prune 7 was confirmed by command: 12 removed, 0 spared, 0 failed");
        }
    }

    @Test
    void resume_ofAReconcilerThatDoesNotRun_takesBackWhatWaitsForIt() throws IOException {
        served.example.host.steering.pause("memos/dusk");
        assertThat(served.client
                        .result("reconcilers.resume", "{\"name\":\"memos/dusk\"}")
                        .path("resumed")
                        .booleanValue())
                .isTrue();
        assertThat(served.client
                        .error("reconcilers.resume", "{\"name\":\"memos/dusk\"}")
                        .path("code")
                        .stringValue())
                .isEqualTo("unknown-reconciler");
    }

    @Test
    void refresh_ofAllAndOfARow_reachesTheReconciler() throws IOException {
        assertThat(served.client
                        .result("reconcilers.refresh", "{\"name\":\"docs/disk\",\"key\":\"a.txt\"}")
                        .path("rate")
                        .doubleValue())
                .isEqualTo(100);
        assertThat(served.example.disk.refreshed).containsExactly(Keys.STRING.encode("a.txt"));
        served.client.result("reconcilers.refresh", "{\"name\":\"docs/disk\"}");
        assertThat(served.example.disk.refreshed).hasSizeGreaterThan(1);
        assertThat(served.client
                        .error("reconcilers.refresh", "{\"name\":\"docs/disk\",\"key\":\"a.tx\"}")
                        .path("hint")
                        .stringValue())
                .contains("did you mean \"a.txt\"?");
    }
}
