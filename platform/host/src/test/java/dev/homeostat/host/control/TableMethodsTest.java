package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.fake.Example.Doc;
import dev.homeostat.host.fake.FakeTable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
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
        assertThat(status.at("/sources/0/waiting/0").stringValue()).isEqualTo("docz");
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
        assertThat(keys(served.client.ask(method, params))).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
        size=5           | a.txt
        size=5.0         | a.txt
        size=five        | ''
        content=         | new.txt
        key=b.txt        | b.txt
        status=error     | b.txt,ghost
        status=ERROR     | b.txt,ghost
        status.disk=done | a.txt
        status.nope=done | !no row of table "docs" has a field "status.nope"
        status=dnoe      | !"dnoe" is no kind of status
        content=two\\\\nlines \\\\u001b[31m | b.txt
        siez=5           | !no row of table "docs" has a field "siez"
        =5               | !"=5" is no condition
        size             | !"size" is no condition
        """)
    void where_givesTheRowsWithThatValue(String where, String expected) throws IOException {
        List<JsonNode> lines = served.client.ask("db.show", "{\"table\":\"docs\",\"where\":[\"" + where + "\"]}");
        String error = lines.getLast().at("/error/message").stringValue("");
        assertThat(error.isEmpty() ? keys(lines) : "!" + error).isEqualTo(expected);
    }

    @Test
    void where_ofSeveralConditions_isAllOfThem_andOfAMisspeltField_namesTheNearest() throws IOException {
        assertThat(keys(served.client.ask("db.show", "{\"table\":\"docs\",\"where\":[\"status=error\",\"size=9\"]}")))
                .isEqualTo("b.txt");
        assertThat(served.client
                        .error("db.show", "{\"table\":\"docs\",\"where\":[\"sizes=5\"]}")
                        .path("hint")
                        .stringValue())
                .isEqualTo("did you mean \"size\"? they have content, path, size; also key and status");
        assertThat(served.client
                        .error("db.show", "{\"table\":\"docs\",\"where\":[\"status=dnoe\"]}")
                        .path("hint")
                        .stringValue())
                .isEqualTo("did you mean \"done\"? the kinds are pending, refreshing, done, error");
    }

    @Test
    void limit_endsTheAnswer_andSaysWhetherThereMayBeMore() throws IOException {
        List<JsonNode> lines = served.client.ask("db.show", "{\"table\":\"docs\",\"limit\":2}");
        assertThat(keys(lines)).isEqualTo("a.txt,b.txt");
        assertThat(lines.getLast().at("/result/limited").booleanValue()).isTrue();
        assertThat(served.client
                        .result("db.show", "{\"table\":\"docs\",\"limit\":4}")
                        .has("limited"))
                .isFalse();
        assertThat(served.client
                        .error("db.show", "{\"table\":\"docs\",\"limit\":0}")
                        .path("message")
                        .stringValue())
                .contains("limit");
    }

    private static String keys(List<JsonNode> lines) {
        return lines.stream()
                .filter(line -> line.has("item"))
                .map(line -> line.at("/item/key").stringValue())
                .collect(Collectors.joining(","));
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
    void dump_ofOneTable_mayBeOfChosenRows_andOfAllMayNot() throws IOException {
        List<JsonNode> lines =
                served.client.ask("db.dump", "{\"table\":\"docs\",\"where\":[\"status=error\"],\"limit\":1}");
        assertThat(keys(lines)).isEqualTo("b.txt");
        assertThat(lines.getLast().at("/result/tables/0/limited").booleanValue())
                .isTrue();
        for (String chosen : List.of("\"limit\":1", "\"where\":[\"status=error\"]")) {
            assertThat(served.client
                            .error("db.dump", "{" + chosen + "}")
                            .path("message")
                            .stringValue())
                    .isEqualTo("where and limit choose rows of one table, and none is named");
        }
    }

    @Test
    void get_ofUndoneDelete_showsItsStatus() throws IOException {
        JsonNode row = served.client
                .result("db.get", "{\"table\":\"docs\",\"key\":\"ghost\"}")
                .path("row");
        assertThat(row.path("deleted").booleanValue()).isTrue();
    }
}
