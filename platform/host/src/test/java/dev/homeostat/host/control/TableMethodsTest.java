package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What is there, and what is in the tables. */
@Timeout(30)
final class TableMethodsTest {
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
    void status_always_saysWhatTheHostShows() throws IOException {
        JsonNode status = served.client.result("status", "{}");
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
    void show_withUndoneDeletes_joinsThemInKeyOrder() throws IOException {
        List<JsonNode> lines = served.client.ask("db.show", "{\"table\":\"docs\"}");
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
        served.example.host.reconcilers.clear();
        List<JsonNode> lines = served.client.ask("db.show", "{\"table\":\"docs\"}");
        assertThat(lines.getFirst().at("/item/status").isEmpty()).isTrue();
        assertThat(lines.getLast().at("/result/count").intValue()).isEqualTo(3);
    }

    @Test
    void show_withCodecThatThrows_saysSoInTheRow() throws IOException {
        assertThat(textWithACodecThatThrows(new IllegalStateException("no idea")))
                .contains("no idea");
        assertThat(textWithACodecThatThrows(new AssertionError("not even that")))
                .contains("not even that");
    }

    private String textWithACodecThatThrows(Throwable planted) throws IOException {
        var spec = TableSpec.of("odd", Doc.class, Doc.PATH).codec(new RowCodec<>() {
            @Override
            public Tree encode(Doc row) {
                throw sneaky(planted);
            }

            @Override
            public Doc decode(Tree document) {
                throw new UnsupportedOperationException();
            }
        });
        served.example.host.tables.clear();
        served.example.host.add(new FakeTable<>(spec).with(new Doc("x", "", 0)), "odd");
        JsonNode row = served.client
                .result("db.get", "{\"table\":\"odd\",\"key\":\"x\"}")
                .path("row");
        assertThat(row.path("values").isNull()).isTrue();
        return row.path("text").stringValue();
    }

    private static RuntimeException sneaky(Throwable planted) {
        if (planted instanceof Error error) {
            throw error;
        }
        return (RuntimeException) planted;
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
        for (JsonNode line : served.client.ask(method, params)) {
            if (line.has("item")) {
                keys.add(line.at("/item/key").stringValue());
            }
        }
        assertThat(String.join(",", keys)).isEqualTo(expected);
    }

    @Test
    void dump_ofAllTables_namesTheTableInEachRow() throws IOException {
        served.example.host.add(new FakeTable<>(TableSpec.of("empty", Doc.class, Doc.PATH)), "docs");
        List<JsonNode> lines = served.client.ask("db.dump", "{}");
        assertThat(lines.getFirst().at("/item/table").stringValue()).isEqualTo("docs");
        assertThat(lines.getLast().at("/result/tables").size()).isEqualTo(2);
        assertThat(lines.getLast().at("/result/tables/1/count").intValue()).isZero();
    }

    @Test
    void get_ofUndoneDelete_showsItsStatus() throws IOException {
        JsonNode row = served.client
                .result("db.get", "{\"table\":\"docs\",\"key\":\"ghost\"}")
                .path("row");
        assertThat(row.path("deleted").booleanValue()).isTrue();
    }
}
