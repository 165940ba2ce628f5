package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.IpPrefix;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.Pair;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** The answers over the real database and the real reconciler: rows and statuses come together, wherever the statuses are. */
@Timeout(30)
final class RealEngineTest extends RealDatabaseTest {
    private RunningReconciler<Doc> reconciler;

    @BeforeEach
    void start() {
        reconciler = Reconcilers.builder(database, scheduler)
                .build()
                .start("disk", docs, new Stubborn(), Options.defaults().withoutPruning());
        host.add(reconciler, "docs");
    }

    @AfterEach
    void stop() {
        reconciler.stop();
    }

    /** Cannot do what is called bad, and cannot delete at all. */
    private static final class Stubborn implements Operations<Doc> {
        @Override
        public Outcome update(OperationContext context, Doc doc) {
            if (doc.path().startsWith("needs-")) {
                Key key = Keys.STRING.encode(doc.path().substring(6));
                return Outcome.blocked("docs", key, "it lies in there");
            }
            return doc.path().startsWith("bad") ? Outcome.retry("no room", Duration.ofHours(1)) : Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, Doc doc) {
            return Outcome.permanent("it is held open");
        }
    }

    private Map<String, String> shown() throws IOException {
        Map<String, String> shown = new HashMap<>();
        for (JsonNode line : client.ask("db.show", "{\"table\":\"docs\"}")) {
            JsonNode row = line.path("item");
            if (!row.isMissingNode()) {
                String kind = row.at("/status/disk/kind").stringValue();
                shown.put(row.path("key").stringValue(), (row.path("deleted").booleanValue() ? "deleted " : "") + kind);
            }
        }
        return shown;
    }

    @Test
    void failures_areAllListed_asFarAsTheLimitGoes() throws IOException {
        database.write(docs, txn -> {
            for (int i = 0; i < 30; i++) {
                docs.insert(txn, new Doc("bad" + i, "", 1));
            }
            return docs.insert(txn, new Doc("needs-bad0", "", 1));
        });
        await("all of them were tried")
                .untilAsserted(() -> assertThat(reconciler.health().failing()).isEqualTo(31));
        List<JsonNode> all = client.ask("reconcilers.failures", "{\"name\":\"docs/disk\"}");
        assertThat(all).hasSize(32);
        JsonNode first = all.getFirst().path("item");
        assertThat(first.path("key").stringValue()).isEqualTo("bad0");
        assertThat(first.at("/status/error").stringValue()).isEqualTo("no room");
        assertThat(first.path("since").stringValue())
                .isEqualTo(first.at("/status/updatedAt").stringValue());
        assertThat(all.get(30).at("/item/status/blockedOn").stringValue()).isEqualTo("docs/bad0");
        List<JsonNode> some = client.ask("reconcilers.failures", "{\"name\":\"disk\",\"limit\":12}");
        assertThat(some).hasSize(13);
        assertThat(some.getLast().at("/result/count").intValue()).isEqualTo(12);
        assertThat(some.getLast().at("/result/failing").intValue()).isEqualTo(31);
    }

    @Test
    void show_joinsRowsUndoneDeletesAndStatuses() throws IOException {
        database.write(docs, txn -> docs.insert(txn, new Doc("good", "", 1)));
        database.write(docs, txn -> docs.insert(txn, new Doc("bad", "", 1)));
        database.write(docs, txn -> docs.insert(txn, new Doc("gone", "", 1)));
        await("the rows are attempted")
                .untilAsserted(() -> assertThat(shown())
                        .containsExactlyInAnyOrderEntriesOf(Map.of("good", "done", "bad", "error", "gone", "done")));
        database.write(docs, txn -> docs.delete(txn, new Doc("gone", "", 1)));
        await("the delete is attempted")
                .untilAsserted(() -> assertThat(shown())
                        .containsExactlyInAnyOrderEntriesOf(
                                Map.of("good", "done", "bad", "error", "gone", "deleted error")));

        JsonNode why = client.result("explain", "{\"table\":\"docs\",\"key\":\"gone\"}");
        assertThat(why.at("/row/deleted").booleanValue()).isTrue();
        assertThat(why.at("/reconcilers/0/status/error").stringValue()).isEqualTo("it is held open");
        assertThat(why.at("/reconcilers/0/status/permanent").booleanValue()).isTrue();
        assertThat(client.result("reconcilers.retry", "{\"name\":\"docs/disk\"}")
                        .path("retried")
                        .intValue())
                .isEqualTo(2);
        assertThat(client.result("db.tables", "{}").at("/tables/0/objects").intValue())
                .isEqualTo(2);
    }

    @Test
    void chainOfBlockedRows_isCountedAndExplained() throws IOException {
        database.write(docs, txn -> docs.insert(txn, new Doc("needs-needs-bad", "", 1)));
        database.write(docs, txn -> docs.insert(txn, new Doc("needs-bad", "", 1)));
        database.write(docs, txn -> docs.insert(txn, new Doc("bad", "", 1)));
        await("all are attempted").untilAsserted(() -> {
            JsonNode one = client.result("reconcilers", "{}").at("/reconcilers/0");
            assertThat(one.path("failing").intValue()).isEqualTo(3);
            assertThat(one.path("blocked").intValue()).isEqualTo(2);
        });
        JsonNode why = client.result("explain", "{\"table\":\"docs\",\"key\":\"needs-needs-bad\"}")
                .at("/reconcilers/0");
        assertThat(why.at("/status/blockedOn").asString()).contains("needs-bad");
        assertThat(why.path("waitsFor").stringValue()).contains("docs/needs-bad", "docs/bad");
    }

    @Test
    void modePlan_changesNothingUntilItIsApply_andTheWireShowsWhatItWouldDo() throws IOException {
        client.result("reconcilers.mode", "{\"name\":\"docs/disk\",\"mode\":\"plan\"}");
        database.write(docs, txn -> docs.insert(txn, new Doc("good", "", 1)));
        await("it is planned").untilAsserted(() -> {
            List<JsonNode> plan = client.ask("reconcilers.plan", "{\"name\":\"docs/disk\"}");
            assertThat(plan.getFirst().at("/item/operation").asString()).isEqualTo("update");
            assertThat(plan.getFirst().at("/item/key").stringValue()).isEqualTo("good");
            assertThat(plan.getLast().at("/result/mode").stringValue()).isEqualTo("plan");
        });
        assertThat(shown()).containsEntry("good", "pending");
        client.result("reconcilers.options", "{\"name\":\"docs/disk\",\"reset\":[\"mode\"]}");
        await("it is done").untilAsserted(() -> assertThat(shown()).containsEntry("good", "done"));
        await("the plan is empty")
                .untilAsserted(() -> assertThat(client.ask("reconcilers.plan", "{\"name\":\"docs/disk\"}"))
                        .hasSize(1));
    }

    @Test
    void rowThatIsPaused_waits_andSaysSo() throws IOException {
        client.result("reconcilers.pause", "{\"name\":\"docs/disk\",\"key\":\"one\"}");
        database.write(docs, txn -> docs.insert(txn, new Doc("one", "", 1)));
        database.write(docs, txn -> docs.insert(txn, new Doc("two", "", 1)));
        await("the other row is done").untilAsserted(() -> assertThat(shown()).containsEntry("two", "done"));
        assertThat(shown()).containsEntry("one", "pending");
        assertThat(client.result("explain", "{\"table\":\"docs\",\"key\":\"one\"}")
                        .at("/reconcilers/0/waitsFor")
                        .stringValue())
                .contains("the row is paused");
        JsonNode waited = client.result("wait", "{}");
        assertThat(waited.path("reconciled").booleanValue()).isFalse();
        assertThat(waited.at("/reconcilers/0/stopped").stringValue()).contains("one");
        client.result("reconcilers.resume", "{\"name\":\"docs/disk\",\"key\":\"one\"}");
        await("it goes on").untilAsserted(() -> assertThat(shown()).containsEntry("one", "done"));
    }

    @Test
    void observe_ofOperationsThatCannot_isRefusedWithTheReason() throws IOException {
        database.write(docs, txn -> docs.insert(txn, new Doc("good", "", 1)));
        await("it is done").untilAsserted(() -> assertThat(shown()).containsEntry("good", "done"));
        assertThat(client.error("reconcilers.observe", "{\"name\":\"docs/disk\"}")
                        .path("message")
                        .stringValue())
                .contains("observe");
    }

    @Test
    void query_ofEveryKind_worksOnTheRealIndexes() throws IOException {
        for (int i = 0; i < 5; i++) {
            Doc doc = new Doc("k" + i, "", i * 10L);
            database.write(docs, txn -> docs.insert(txn, doc));
        }
        assertThat(client.ask("db.list", "{\"table\":\"docs\",\"index\":\"size\",\"key\":\"30\"}"))
                .hasSize(2);
        assertThat(client.ask("db.lowerbound", "{\"table\":\"docs\",\"index\":\"size\",\"key\":\"30\"}"))
                .hasSize(3);
        assertThat(client.ask("db.lowerbound", "{\"table\":\"docs\",\"key\":\"k1\"}"))
                .hasSize(5);
        assertThat(client.ask("db.prefix", "{\"table\":\"docs\",\"key\":\"k\"}"))
                .hasSize(6);
        assertThat(client.result("db.get", "{\"table\":\"docs\",\"index\":\"size\",\"key\":\"20\"}")
                        .at("/row/key")
                        .stringValue())
                .isEqualTo("k2");
    }

    private record Route(IpPrefix to, String via) {
        static final PrefixIndex<Route, IpPrefix> TO = Index.uniquePrefix("to", Keys.IP_PREFIX, Route::to);
        static final TableSpec<Route> TABLE = TableSpec.of("routes", Route.class, TO);
    }

    @Test
    void query_ofPrefixes_givesTheLongestMatch_orWhatAPrefixContains() throws IOException {
        RWTable<Route> routes = database.create(Route.TABLE);
        host.add(routes, "routes");
        for (String to : List.of("0.0.0.0/0", "10.0.0.0/8", "10.1.0.0/16", "::/0")) {
            database.write(routes, txn -> routes.insert(txn, new Route(IpPrefix.parse(to), "eth0")));
        }
        assertThat(client.result("db.get", "{\"table\":\"routes\",\"index\":\"to\",\"key\":\"10.1.2.3\"}")
                        .at("/row/key")
                        .stringValue())
                .isEqualTo("10.1.0.0/16");
        assertThat(client.ask("db.list", "{\"table\":\"routes\",\"key\":\"11.1.2.3\"}")
                        .getFirst()
                        .at("/item/key")
                        .stringValue())
                .isEqualTo("0.0.0.0/0");
        assertThat(client.ask("db.prefix", "{\"table\":\"routes\",\"key\":\"10.0.0.0/7\"}"))
                .hasSize(3);
        assertThat(client.ask("db.lowerbound", "{\"table\":\"routes\",\"key\":\"10.0.0.0/9\"}"))
                .hasSize(3);
        assertThat(client.result("db.get", "{\"table\":\"routes\",\"key\":\"10.0.0.0/8\"}")
                        .at("/row/key")
                        .stringValue())
                .isEqualTo("10.0.0.0/8");
    }

    private record Link(String host, int port, Instant since) {
        static final Index<Link, Pair<String, Integer>> END =
                Index.unique("end", Keys.pair(Keys.STRING, Keys.UINT16), link -> new Pair<>(link.host(), link.port()));
        static final Index<Link, Instant> SINCE = Index.nonUnique("since", Keys.INSTANT, Link::since);
        static final TableSpec<Link> TABLE =
                TableSpec.of("links", Link.class, END).index(SINCE);
    }

    @ParameterizedTest
    @CsvSource({
        "db.prefix,     end,   web1,        'web1/80,web1/443,web10/80'",
        "db.prefix,     end,   web1/,       'web1/80,web1/443'",
        "db.prefix,     end,   web1/0x50,   web1/80",
        "db.list,       end,   web1/443,    web1/443",
        "db.lowerbound, end,   web1/81,     'web1/443,web10/80'",
        "db.lowerbound, since, 2026-02-01,  'web1/443,web10/80'",
        "db.list,       since, 2026-02-01 08:30, web1/443",
        "db.prefix,     since, 2026-02,     !bad-key",
        "db.list,       since, tomorrow,    !bad-key",
        "db.prefix,     end,   web1/80/x,   !bad-key",
    })
    void keys_areTyped_asPeopleWriteThem(String method, String index, String key, String expected) throws IOException {
        RWTable<Link> links = database.create(Link.TABLE);
        host.add(links, "links");
        database.write(links, txn -> {
            links.insert(txn, new Link("web1", 80, Instant.parse("2026-01-31T00:00:00Z")));
            links.insert(txn, new Link("web1", 443, Instant.parse("2026-02-01T08:30:00Z")));
            return links.insert(txn, new Link("web10", 80, Instant.parse("2026-03-01T00:00:00Z")));
        });
        List<JsonNode> lines =
                client.ask(method, "{\"table\":\"links\",\"index\":\"%s\",\"key\":\"%s\"}".formatted(index, key));
        JsonNode error = lines.getLast().path("error");
        assertThat(
                        error.isMissingNode()
                                ? lines.stream()
                                        .filter(line -> line.has("item"))
                                        .map(line -> line.at("/item/key").stringValue())
                                        .collect(Collectors.joining(","))
                                : "!" + error.path("code").stringValue())
                .isEqualTo(expected);
    }

    @Test
    void wait_forRowsThatFailForGood_namesThem() throws IOException {
        database.write(docs, txn -> docs.insert(txn, new Doc("gone", "", 1)));
        assertThat(client.result("wait", "{}").path("reconciled").booleanValue())
                .isTrue();
        database.write(docs, txn -> docs.delete(txn, new Doc("gone", "", 1)));
        JsonNode waited = client.result("wait", "{\"table\":\"docs\"}");
        assertThat(waited.path("reconciled").booleanValue()).isFalse();
        assertThat(waited.at("/reconcilers/0/failed/0/key").stringValue()).isEqualTo("gone");
    }

    @Test
    void table_thatIsRemovedMeanwhile_isAnErrorAndNoHarm() throws IOException {
        database.remove(docs);
        assertThat(client.result("status", "{}").path("tables").isEmpty()).isTrue();
        assertThat(client.error("db.show", "{\"table\":\"docs\"}").path("code").stringValue())
                .isEqualTo("unknown-table");
        assertThat(client.error("explain", "{\"table\":\"docs\",\"key\":\"x\"}")
                        .path("code")
                        .stringValue())
                .isEqualTo("unknown-table");
        assertThat(client.result("plugins", "{}").has("plugins")).isTrue();
    }
}
