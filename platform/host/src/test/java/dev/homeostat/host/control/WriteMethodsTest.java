package dev.homeostat.host.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.RecordCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.control.Act.Outcome;
import dev.homeostat.host.fake.FakeHost;
import dev.homeostat.host.source.SourceBoard;
import dev.homeostat.statedb.StateDatabase;
import java.io.IOException;
import java.lang.invoke.MethodHandles;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Rows written by command, over the real database and the real board of sources. */
@Timeout(30)
final class WriteMethodsTest {
    record Note(String name, long size) {
        static final Index<Note, String> NAME = Index.unique("name", Keys.STRING, Note::name);
        static final TableSpec<Note> TABLE = TableSpec.of("notes", Note.class, NAME)
                .codec(RecordCodec.of(MethodHandles.lookup(), Note.class))
                .acceptingSources();
    }

    @TempDir
    Path data;

    private final Database database = StateDatabase.create();
    private final FakeHost host = new FakeHost();
    private SourceBoard board;
    private RWTable<Note> notes;
    private final List<Act> acts = new CopyOnWriteArrayList<>();
    private ControlMethods methods;
    private ControlServer server;
    private Client client;

    @BeforeEach
    void start() throws IOException {
        board = new SourceBoard(database, InstantSource.system(), data, List.of(), List.of());
        notes = database.create(Note.TABLE);
        board.tableAdded(notes);
        host.database = database;
        host.rows = board.writer();
        host.add(notes, "notes");
        methods = new ControlMethods(host, acts::add);
        server = ControlServer.open(host, methods, data);
        client = new Client(server.socket());
    }

    @AfterEach
    void stop() throws IOException {
        client.close();
        server.close();
        host.close();
    }

    private List<JsonNode> insert(String document) throws IOException {
        return client.ask(
                "db.insert",
                new JsonMapper()
                        .writeValueAsString(Map.of("table", "notes", "document", document, "origin", "rows.yaml")));
    }

    private JsonNode delete(String table, String key) throws IOException {
        return client.ask("db.delete", "{\"table\":\"" + table + "\",\"key\":\"" + key + "\"}")
                .getLast();
    }

    private List<String> rows() {
        return notes.all(database.readTxn()).values().map(Note::toString).toList();
    }

    @Test
    void insert_takesYamlAndJson_rowsListsAndSeveralDocuments() throws IOException {
        List<JsonNode> lines =
                insert("name: a\nsize: 1\n---\n- {name: b, size: 2}\n- {\"name\": \"c\", \"size\": 3}\n");
        assertThat(rows()).containsExactly("Note[name=a, size=1]", "Note[name=b, size=2]", "Note[name=c, size=3]");
        assertThat(lines).hasSize(4);
        assertThat(lines.getFirst().at("/item/change").stringValue()).isEqualTo("inserted");
        assertThat(lines.getLast().at("/result/inserted").intValue()).isEqualTo(3);
        assertThat(insert("{\"name\": \"a\", \"size\": 9}")
                        .getLast()
                        .at("/result/updated")
                        .intValue())
                .isEqualTo(1);
        assertThat(rows()).contains("Note[name=a, size=9]");
    }

    @Test
    void insert_ofWhatIsNoRow_saysWhere_andWritesNothing() throws IOException {
        JsonNode error =
                insert("- {name: a, size: 1}\n- {nam: b, size: x}\n").getLast().path("error");
        assertThat(error.path("code").stringValue()).isEqualTo("bad-row");
        assertThat(error.path("message").stringValue())
                .contains("rows.yaml:2: ", "\"nam\"")
                .doesNotContain("\n");
        assertThat(error.path("hint").stringValue()).isEqualTo("nothing was written");
        assertThat(insert("a: [").getLast().at("/error/message").stringValue()).contains("rows.yaml:1");
        assertThat(insert("# nothing\n").getLast().at("/error/message").stringValue())
                .isEqualTo("rows.yaml has no row in it");
        assertThat(rows()).isEmpty();
    }

    @Test
    void insert_withManyProblems_namesTheFirstTen() throws IOException {
        String message = insert("- {name: 1, size: x}\n".repeat(40))
                .getLast()
                .at("/error/message")
                .stringValue();
        assertThat(message).contains("rows.yaml:1: ", "and ").endsWith(" more").hasSizeLessThan(2000);
    }

    /** Rows may hold secrets, and so may what is wrong with them. */
    @Test
    void whatIsInADocument_isNotInTheAuditLog() throws IOException {
        insert("{name: a, size: hunter2}");
        insert("{name: hunter2, size: x}");
        assertThat(acts).hasSize(2).allSatisfy(act -> {
            assertThat(act.outcome()).isEqualTo(Outcome.REFUSED);
            assertThat(act.message()).startsWith("bad-row: ");
            assertThat(act.toString()).doesNotContain("hunter2");
        });
    }

    @Test
    void rowsThatAreWritten_areDone_alsoWhenNobodyHearsOfThem() throws Exception {
        ObjectNode params =
                JsonNodeFactory.instance.objectNode().put("table", "notes").put("document", "{name: a, size: 1}");
        ObjectNode answer = methods.call(Caller.command("alice"), "db.insert", params, item -> {
            throw new IOException("Broken pipe");
        });
        assertThat(answer.path("inserted").intValue()).isEqualTo(1);
        assertThat(rows()).containsExactly("Note[name=a, size=1]");
        assertThat(acts).singleElement().extracting(Act::outcome).isEqualTo(Outcome.DONE);
    }

    @Test
    void rowOfAFile_isRefused_andTheFileIsNamed() throws IOException {
        SourceFeed feed = board.register("manifests", "manifests");
        Tree row = new Tree.Mapping(Map.of("name", Tree.scalar("a"), "size", Tree.scalar(1L)), Place.NOWHERE);
        feed.apply(new Scan(
                List.of(SourceUnit.of("web.yaml", List.of(new DesiredRows("notes", Place.NOWHERE, List.of(row)))))));
        JsonNode error = insert("{name: a, size: 2}").getLast().path("error");
        assertThat(error.path("code").stringValue()).isEqualTo("refused");
        assertThat(error.path("message").stringValue()).contains("web.yaml", "manifests");
        assertThat(delete("notes", "a").at("/error/code").stringValue()).isEqualTo("refused");
        assertThat(rows()).containsExactly("Note[name=a, size=1]");
    }

    @Test
    void delete_takesTheRowAway_andSaysWhatItWas() throws IOException {
        insert("{name: a, size: 1}");
        JsonNode answer = delete("notes", "a").path("result");
        assertThat(answer.path("deleted").booleanValue()).isTrue();
        assertThat(answer.at("/row/values/size").intValue()).isEqualTo(1);
        assertThat(rows()).isEmpty();
        JsonNode error = delete("notes", "a").path("error");
        assertThat(error.path("code").stringValue()).isEqualTo("unknown-key");
    }

    @Test
    void tableThatTakesNoRows_isRefused() throws IOException {
        host.add(
                database.create(TableSpec.of("own", Note.class, Index.unique("name", Keys.STRING, Note::name))), "own");
        JsonNode error = client.error("db.insert", "{\"table\":\"own\",\"document\":\"{name: a, size: 1}\"}");
        assertThat(error.path("code").stringValue()).isEqualTo("refused");
        assertThat(error.path("hint").stringValue()).contains("notes");
        assertThat(client.error("db.insert", "{\"table\":\"nots\",\"document\":\"\"}")
                        .path("hint")
                        .stringValue())
                .contains("did you mean \"notes\"?");
    }
}
