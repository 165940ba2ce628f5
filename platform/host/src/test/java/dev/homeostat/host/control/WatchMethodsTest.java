package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.view.TableView;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import tools.jackson.databind.JsonNode;

/** Clients that follow a table of the real database. */
@Timeout(60)
final class WatchMethodsTest extends RealDatabaseTest {
    private void put(String path, String content) {
        database.write(docs, txn -> docs.insert(txn, new Doc(path, content, content.length())));
    }

    private void remove(String path) {
        database.write(docs, txn -> docs.delete(txn, new Doc(path, "", 0)));
    }

    private void watch(String more) throws IOException {
        client.send("{\"id\":1,\"protocol\":1,\"method\":\"db.watch\",\"params\":{\"table\":\"docs\"" + more + "}}\n");
    }

    private JsonNode next() throws IOException {
        return client.answer().path("item");
    }

    private JsonNode next(Predicate<JsonNode> wanted) throws IOException {
        JsonNode item = next();
        while (!wanted.test(item)) {
            assertThat(item.isMissingNode()).isFalse();
            item = next();
        }
        return item;
    }

    private JsonNode nextOf(String change) throws IOException {
        return next(item -> item.path("change").stringValue().equals(change));
    }

    private static String told(JsonNode item) {
        return item.path("change").stringValue() + " " + item.path("key").stringValue("");
    }

    @Test
    void changes_fromNowOn_areTold() throws IOException {
        put("old", "");
        watch("");
        assertThat(nextOf("none").path("revision").intValue()).isEqualTo(1);
        put("a", "1");
        JsonNode item = next();
        assertThat(told(item)).isEqualTo("update a");
        assertThat(item.at("/values/content").stringValue()).isEqualTo("1");
        assertThat(nextOf("none").path("revision").intValue()).isEqualTo(2);
        remove("a");
        JsonNode deleted = next();
        assertThat(told(deleted)).isEqualTo("delete a");
        assertThat(deleted.path("revision").intValue()).isEqualTo(3);
    }

    @Test
    void rowsThatAreThere_comeFirst_whereTheyAreAskedFor_andTheLimitEndsIt() throws IOException {
        put("a", "1");
        put("b", "2");
        put("a", "3");
        List<JsonNode> lines = client.ask("db.watch", "{\"table\":\"docs\",\"initial\":true,\"limit\":2}");
        assertThat(lines.stream().limit(2).map(line -> told(line.path("item"))))
                .containsExactly("update b", "update a");
        assertThat(lines.getLast().at("/result/count").intValue()).isEqualTo(2);
        await("its place in the table is given up")
                .untilAsserted(() -> assertThat(docs.stats().changeIterators()).isZero());
    }

    @Test
    void conditions_leaveOutOthers() throws IOException {
        watch(",\"where\":[\"content=x\"]");
        nextOf("none");
        put("a", "y");
        put("b", "x");
        assertThat(told(next(item -> item.has("key")))).isEqualTo("update b");
    }

    @Test
    void statusesThatAreKeptBesideTheRows_areToldToo() throws IOException {
        RunningReconciler<Doc> reconciler = Reconcilers.builder(database, scheduler)
                .build()
                .start("disk", docs, new Fine(), Options.defaults().withoutPruning());
        host.add(reconciler, "docs");
        try {
            watch("");
            nextOf("none");
            put("a", "1");
            JsonNode done =
                    next(item -> item.at("/status/disk/kind").stringValue("").equals("done"));
            assertThat(done.path("key").stringValue()).isEqualTo("a");
            assertThat(done.path("revision").intValue()).isEqualTo(1);
            remove("a");
            nextOf("delete");
            JsonNode gone = next(item -> item.has("key") && item.path("status").isEmpty());
            assertThat(told(gone)).isEqualTo("status a");
            assertThat(gone.path("deleted").booleanValue()).isTrue();
        } finally {
            reconciler.stop().toCompletableFuture().join();
        }
        put("b", "1");
        assertThat(told(next(item -> item.path("key").stringValue("").equals("b"))))
                .isEqualTo("update b");
    }

    private static final class Fine implements Operations<Doc> {
        @Override
        public Outcome update(OperationContext context, Doc doc) {
            return Outcome.done();
        }

        @Override
        public Outcome delete(OperationContext context, Doc doc) {
            return Outcome.done();
        }
    }

    /** The bytes that fit between the two are few; what it did not read is not kept for it. */
    @Test
    void slowReader_getsTheNewestState_andNothingIsKeptForIt() throws IOException {
        watch("");
        nextOf("none");
        int versions = 2_000;
        String large = "x".repeat(10_000);
        for (int i = 1; i <= versions; i++) {
            put("a", i + large);
        }
        put("end", "");
        int seen = 0;
        String last = "";
        for (JsonNode item = next(); !told(item).equals("update end"); item = next()) {
            if (item.has("key")) {
                seen++;
                last = item.at("/values/content").stringValue();
            }
        }
        assertThat(last).startsWith(String.valueOf(versions));
        assertThat(seen).isLessThan(versions / 2);
    }

    @Test
    void tableThatGoes_andComesBack_isToldOfOnce_andFollowedAgain() throws IOException {
        put("a", "1");
        put("b", "2");
        watch("");
        nextOf("none");
        server.tableRemoved(new TableView(docs, "docs"));
        database.remove(docs); // while the host still shows it
        assertThat(nextOf("table-gone").path("message").stringValue()).contains("docs");
        docs = database.create(Doc.TABLE);
        put("a", "new");
        host.tables.clear();
        host.add(docs, "docs");
        assertThat(told(next()).strip()).isEqualTo("table-back");
        JsonNode item = next();
        assertThat(told(item)).isEqualTo("update a");
        assertThat(item.at("/values/content").stringValue()).isEqualTo("new");
        put("c", "3");
        assertThat(told(next(one -> one.has("key")))).isEqualTo("update c");
    }

    @Test
    void whileNothingChanges_noRowIsHeld_norTheTableAfterItIsGone() throws IOException {
        watch("");
        nextOf("none");
        WeakReference<Doc> row = putOneThatNobodyElseHolds();
        nextOf("update");
        nextOf("none");
        put("a", "other");
        await("the old row is collected").until(() -> isCleared(row));
        WeakReference<RWTable<Doc>> table = new WeakReference<>(docs);
        host.tables.clear();
        server.tableRemoved(new TableView(docs, "docs"));
        database.remove(docs);
        docs = database.create(TableSpec.of("others", Doc.class, Doc.PATH));
        nextOf("table-gone");
        await("the table is collected").until(() -> isCleared(table));
    }

    private WeakReference<Doc> putOneThatNobodyElseHolds() {
        Doc row = new Doc("a", "held", 4);
        database.write(docs, txn -> docs.insert(txn, row));
        return new WeakReference<>(row);
    }

    private static boolean isCleared(WeakReference<?> reference) {
        System.gc();
        return reference.get() == null;
    }

    @Test
    void clientThatGoes_isForgotten_withTheNextChange() throws IOException {
        watch("");
        nextOf("none");
        assertThat(docs.stats().changeIterators()).isEqualTo(1);
        client.close();
        put("a", "1");
        await("its place in the table is given up").untilAsserted(() -> {
            put("a", "again");
            assertThat(docs.stats().changeIterators()).isZero();
        });
    }

    @Test
    void manyClients_seeTheSame() throws IOException {
        List<Client> others = new ArrayList<>();
        try {
            for (int i = 0; i < 10; i++) {
                Client other = new Client(server.socket());
                others.add(other);
                other.send("{\"id\":1,\"protocol\":1,\"method\":\"db.watch\",\"params\":{\"table\":\"docs\"}}\n");
                assertThat(other.answer().at("/item/change").stringValue()).isEqualTo("none");
            }
            put("a", "1");
            for (Client other : others) {
                assertThat(told(other.answer().path("item"))).isEqualTo("update a");
            }
        } finally {
            for (Client other : others) {
                other.close();
            }
        }
    }

    @Test
    void unknownTable_isAnError_atOnce() throws IOException {
        assertThat(client.error("db.watch", "{\"table\":\"doc\"}").path("hint").stringValue())
                .contains("did you mean \"docs\"?");
        assertThat(client.error("db.watch", "{\"table\":\"docs\",\"where\":[\"content\"]}")
                        .path("hint")
                        .stringValue())
                .contains("FIELD=VALUE");
    }
}
