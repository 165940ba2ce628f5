package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PruneReport;
import dev.homeostat.api.reconcile.WaitResult;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeReconciler;
import dev.homeostat.host.fake.FakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** Retries, prunes, explanations and waits. */
@Timeout(30)
final class ReconcilerMethodsTest {
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
    void reconcilers_ofOneName_listEveryHeldRemoval() throws IOException {
        JsonNode all = served.client.result("reconcilers", "{\"name\":\"docs/disk\"}");
        assertThat(all.at("/reconcilers/0/heldPrune/removals").size()).isEqualTo(12);
    }

    @Test
    void explain_ofFailingRow_tellsAttemptsNewestFirst() throws IOException {
        JsonNode why = served.client.result("explain", "{\"table\":\"docs\",\"key\":\"b.txt\"}");
        assertThat(why.at("/row/values/size").intValue()).isEqualTo(9);
        assertThat(why.at("/reconcilers/0/status/attempts").intValue()).isEqualTo(4);
        assertThat(why.at("/reconcilers/0/attempts/0/cause").stringValue()).isEqualTo("retry");
        assertThat(why.at("/reconcilers/0/attempts/1/tookMillis").intValue()).isEqualTo(1500);
    }

    @Test
    void retry_ofOneKey_asksTheReconciler() throws IOException {
        assertThat(served.client
                        .result("reconcilers.retry", "{\"name\":\"docs/disk\",\"key\":\"b.txt\"}")
                        .path("retried")
                        .intValue())
                .isEqualTo(1);
        assertThat(served.example.disk.retried).containsExactly(Keys.STRING.encode("b.txt"));
    }

    @Test
    void retry_withoutKey_takesAllThatFail() throws IOException {
        assertThat(served.client
                        .result("reconcilers.retry", "{\"name\":\"docs/disk\"}")
                        .path("retried")
                        .intValue())
                .isEqualTo(2);
        assertThat(served.example.disk.retried)
                .containsExactlyInAnyOrder(Keys.STRING.encode("b.txt"), Keys.STRING.encode("ghost"));
    }

    @Test
    void confirm_ofTheHeldNumber_givesTheReport() throws IOException {
        JsonNode report = served.client.result("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":7}");
        assertThat(report.path("removed").size()).isEqualTo(12);
        assertThat(report.path("held").isNull()).isTrue();
    }

    @Test
    void timeThatNoClockCounts_isRefused() throws IOException {
        JsonNode error = served.client.error("wait", "{\"timeoutMillis\":9223372036854775807}");
        assertThat(error.path("code").stringValue()).isEqualTo("bad-params");
        assertThat(error.path("message").stringValue()).contains("\"timeoutMillis\" must be at most", "a year");
    }

    @Test
    void prune_thatIsNotOver_timesOutAndSaysWhatItWaitsFor() throws IOException {
        JsonNode error = served.client.error("reconcilers.prune", "{\"name\":\"docs/disk\",\"timeoutMillis\":50}");
        assertThat(error.path("code").stringValue()).isEqualTo("timeout");
        assertThat(error.path("hint").stringValue()).contains("manifests");
        assertThat(error.path("message").stringValue()).endsWith("is not over after 50 ms");
        assertThat(served.example.disk.pruned).isNotCancelled().isNotDone();
    }

    @Test
    void observe_thatIsNotOver_namesTheOptionAndATimeThatIsEnough() throws IOException {
        served.example.disk.options(Options.defaults().refreshRate(0.05));
        assertThat(served.client
                        .error("reconcilers.observe", "{\"name\":\"docs/disk\",\"timeoutMillis\":50}")
                        .path("hint")
                        .stringValue())
                .isEqualTo(
                        "it looks at 0.05 rows a second (refresh-rate), and there are 4: homeostat reconcilers observe"
                                + " docs/disk --timeout 130s");
    }

    @Test
    void prune_thatFails_givesItsReason() throws IOException {
        served.example.disk.pruned.completeExceptionally(new IOException("cannot list /srv/docs"));
        JsonNode error = served.client.error("reconcilers.prune", "{\"name\":\"docs/disk\"}");
        assertThat(error.path("code").stringValue()).isEqualTo("failed");
        assertThat(error.path("message").stringValue()).contains("cannot list /srv/docs");
    }

    @Test
    void prune_thatIsHeld_givesTheWholeList() throws IOException {
        served.example.disk.pruned.complete(new PruneReport(List.of(), List.of(), List.of(), served.example.disk.held));
        JsonNode report = served.client.result("reconcilers.prune", "{\"name\":\"disk\"}");
        assertThat(report.at("/held/removals").size()).isEqualTo(12);
    }

    @Test
    void reconciler_ofAmbiguousShortName_isAskedForInFull() throws IOException {
        FakeTable<Doc> other = new FakeTable<>(TableSpec.of("other", Doc.class, Doc.PATH));
        served.example.host.add(new FakeReconciler<>("disk", other), "docs");
        JsonNode error = served.client.error("reconcilers.retry", "{\"name\":\"disk\"}");
        assertThat(error.path("hint").stringValue()).contains("docs/disk").contains("other/disk");
    }

    @Test
    void wait_forAll_givesEachResult() throws IOException {
        served.example.disk.waited.complete(
                new WaitResult(false, List.of(new WaitResult.Failure("ghost", "is a directory")), ""));
        JsonNode waited = served.client.result("wait", "{}");
        assertThat(waited.path("reconciled").booleanValue()).isFalse();
        assertThat(waited.at("/reconcilers/0/failed/0/reason").stringValue()).isEqualTo("is a directory");
    }

    @Test
    void wait_thatIsNotOver_saysWhatItWaitsFor() throws IOException {
        FakeTable<Doc> other = new FakeTable<>(TableSpec.of("other", Doc.class, Doc.PATH));
        FakeReconciler<Doc> done = new FakeReconciler<>("done", other);
        done.waited.complete(new WaitResult(true, List.of(), ""));
        served.example.host.add(done, "docs");
        JsonNode error = served.client.error("wait", "{\"timeoutMillis\":1000}");
        assertThat(error.path("message").stringValue())
                .isEqualTo(
                        "the wait is not over after 1 s: docs/disk: 2 rows fail, for longest b.txt: cannot write b.txt:"
                                + " read-only file system; 1 queued, 0 running");
        JsonNode waitingFor = error.at("/details/waitingFor");
        assertThat(waitingFor.size())
                .as("the one that is done is not waited for")
                .isEqualTo(1);
        assertThat(waitingFor.at("/0/name").stringValue()).isEqualTo("docs/disk");
        assertThat(waitingFor.at("/0/failing").intValue()).isEqualTo(2);
        assertThat(waitingFor.at("/0/queued").intValue()).isEqualTo(1);
        assertThat(waitingFor.at("/0/oldest/key").stringValue()).isEqualTo("b.txt");
    }

    @Test
    void confirm_withoutAHeldPrune_pointsToTheNext() throws IOException {
        served.example.disk.held = null;
        assertThat(served.client
                        .error("reconcilers.confirm", "{\"name\":\"docs/disk\",\"number\":3}")
                        .path("hint")
                        .stringValue())
                .isEqualTo("to look anew: homeostat reconcilers prune docs/disk");
    }
}
