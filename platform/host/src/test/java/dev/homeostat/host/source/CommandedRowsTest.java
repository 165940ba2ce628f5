package dev.homeostat.host.source;

import static dev.homeostat.host.source.BoardFixture.scan;
import static dev.homeostat.host.source.BoardFixture.text;
import static dev.homeostat.host.source.BoardFixture.things;
import static dev.homeostat.host.source.BoardFixture.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.tree.YamlReader;
import dev.homeostat.host.view.DeletedRow;
import dev.homeostat.host.view.RowOwner;
import dev.homeostat.host.view.RowRefusedException;
import dev.homeostat.host.view.RowWriter;
import dev.homeostat.host.view.WrittenRow;
import dev.homeostat.host.view.WrittenRow.Change;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Rows that people write by command, beside those of sources. */
final class CommandedRowsTest {
    @TempDir
    Path data;

    private BoardFixture fixture;
    private RWTable<Thing> table;
    private SourceFeed feed;
    private RowWriter writer;

    @BeforeEach
    void begin() {
        fixture = new BoardFixture(data);
        table = fixture.table(Thing.THINGS);
        feed = fixture.board.register("manifests", "manifests");
        writer = fixture.board.writer();
    }

    private List<WrittenRow> insert(String yaml) {
        List<Tree> documents = new YamlReader().read("rows.yaml", yaml);
        return writer.insert("things", ((Tree.Sequence) documents.getFirst()).items());
    }

    private @Nullable DeletedRow delete(String key) {
        return writer.delete("things", key(key));
    }

    private @Nullable RowOwner owner(String key) {
        return writer.ownerOf("things", key(key));
    }

    private static Key key(String name) {
        return Keys.STRING.encode(name);
    }

    @Test
    void insert_storesAllRows_andSaysWhatChanged() {
        insert("[{name: x, text: old}, {name: y}]");
        Map<String, Long> before = fixture.revisions(table);

        List<WrittenRow> written = insert("[{name: x, text: new}, {name: y}, {name: z}]");

        assertThat(written).extracting(WrittenRow::key).containsExactly("x", "y", "z");
        assertThat(written)
                .extracting(WrittenRow::change)
                .containsExactly(Change.UPDATED, Change.UNCHANGED, Change.INSERTED);
        assertThat(fixture.rows(table)).containsExactly("x=new", "y=", "z=");
        assertThat(fixture.revisions(table)).containsEntry("y", before.get("y"));
        assertThat(written)
                .extracting(WrittenRow::revision)
                .isEqualTo(List.copyOf(fixture.revisions(table).values()));
        assertThat(owner("x")).isEqualTo(RowOwner.COMMAND);
    }

    @Test
    void insert_withAnythingWrong_writesNothing_andNamesEachPlace() {
        assertThatThrownBy(() -> insert("""
            [{name: x},
             {name: y, txet: hello},
             {name: z, weight: 99},
             {name: x}]
            """))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("rows.yaml:2:")
                .hasMessageContaining("did you mean \"text\"")
                .hasMessageContaining("rows.yaml:3:")
                .hasMessageContaining("rows.yaml:4: table \"things\": row \"x\" is there twice, first in line 1");
        assertThat(fixture.rows(table)).isEmpty();
        assertThat(owner("x")).isNull();
    }

    @Test
    void insert_thatBreaksAUniqueKey_writesNothing() {
        insert("[{name: x, slot: s}]");

        assertThatThrownBy(() -> insert("[{name: y}, {name: z, slot: s}]"))
                .isInstanceOf(DocumentException.class)
                .hasMessageContaining("rows.yaml:1: row \"z\" is refused")
                .hasMessageContaining("slot");
        assertThat(fixture.rows(table)).containsExactly("x=");
        assertThat(owner("y")).isNull();
    }

    @Test
    void rowsOfAFile_areRefused_andTheFileIsNamed() {
        feed.apply(scan(things("web.yaml", "x=1")));

        assertThatThrownBy(() -> insert("[{name: y}, {name: x, text: mine}]"))
                .isInstanceOf(RowRefusedException.class)
                .hasMessage("row \"x\" of table \"things\" belongs to web.yaml of source \"manifests\"");
        assertThatThrownBy(() -> delete("x"))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("web.yaml");
        assertThat(fixture.rows(table)).containsExactly("x=1");
    }

    @Test
    void rowsOfASourceThatIsGone_mayBeTakenOver_andDeleted() {
        feed.apply(scan(things("web.yaml", "x=1", "y=2")));
        fixture.board.unregister("manifests");

        List<WrittenRow> written = insert("[{name: x, text: mine}]");
        DeletedRow deleted = delete("y");

        assertThat(written.getFirst().orphanOf()).isEqualTo(new RowOwner("manifests", "web.yaml"));
        assertThat(deleted).isNotNull();
        assertThat(deleted.orphanOf()).isEqualTo(new RowOwner("manifests", "web.yaml"));
        assertThat(fixture.rows(table)).containsExactly("x=mine");
        assertThat(owner("x")).isEqualTo(RowOwner.COMMAND);
    }

    @Test
    void scans_leaveRowsOfTheCommandAlone() {
        insert("[{name: x, text: mine}]");
        feed.apply(scan(things("web.yaml", "y=2")));
        feed.apply(scan());

        assertThat(fixture.rows(table)).containsExactly("x=mine");
        assertThat(fixture.view("manifests").problems()).isEmpty();
    }

    @Test
    void fileThatWantsAnotherRowOfThatKey_isRefused_andToldHow_andGetsItWhenTheRowIsDeleted() {
        insert("[{name: x, text: mine}]");
        long before = fixture.revisions(table).getOrDefault("x", 0L);
        assertThat(text(feed.apply(scan(things("web.yaml", "x=theirs"))).problems()))
                .singleElement()
                .asString()
                .startsWith("web.yaml:3: ")
                .contains("inserted by command", "\"homeostat db delete things x\"");
        assertThat(fixture.rows(table)).containsExactly("x=mine");

        DeletedRow deleted = delete("x");

        assertThat(deleted).isNotNull();
        assertThat(deleted.takenOverBy()).isEqualTo(new RowOwner("manifests", "web.yaml"));
        assertThat(fixture.rows(table)).containsExactly("x=theirs");
        assertThat(fixture.revisions(table)).as("replaced, never deleted").containsEntry("x", before + 1);
        assertThat(fixture.view("manifests").problems()).isEmpty();
        assertThatThrownBy(() -> delete("x")).hasMessageContaining("web.yaml");
    }

    @Test
    void fileThatWantsTheVerySameRow_getsIt_withoutANewRevision() {
        insert("[{name: x, text: same}]");
        Map<String, Long> before = fixture.revisions(table);

        assertThat(feed.apply(scan(things("web.yaml", "x=same"))).problems()).isEmpty();

        assertThat(fixture.revisions(table)).isEqualTo(before);
        assertThat(owner("x")).isEqualTo(new RowOwner("manifests", "web.yaml"));
        feed.apply(scan());
        assertThat(fixture.rows(table)).isEmpty();
    }

    @Test
    void delete_ofARowThatHoldsTheUniqueKeyOfAFilesRow_letsThatOneIn() {
        insert("[{name: x, slot: s}]");
        feed.apply(scan(unit("web.yaml", "table: things\nrows: [{name: y, slot: s}]")));
        assertThat(fixture.rows(table)).containsExactly("x=");

        delete("x");

        assertThat(fixture.rows(table)).containsExactly("y=");
        assertThat(fixture.view("manifests").problems()).isEmpty();
    }

    @Test
    void delete_ofWhatIsNotThere_saysSo() {
        long before = table.revision(fixture.database.readTxn());
        assertThat(delete("x")).isNull();
        assertThat(table.revision(fixture.database.readTxn())).isEqualTo(before);
    }

    @Test
    void delete_endsTheOwnership() {
        insert("[{name: x}]");
        DeletedRow deleted = delete("x");
        assertThat(deleted).isEqualTo(new DeletedRow(2, null, null));
        assertThat(fixture.rows(table)).isEmpty();
        assertThat(owner("x")).isNull();
        feed.apply(scan(things("web.yaml", "x=theirs")));
        assertThat(fixture.rows(table)).containsExactly("x=theirs");
    }

    @Test
    void tableThatTakesNoRows_isRefused_andThoseThatDoAreNamed() {
        fixture.database.create(Thing.closed("closed"));
        assertThatThrownBy(() -> writer.insert("closed", List.of()))
                .isInstanceOf(RowRefusedException.class)
                .hasMessageContaining("table \"closed\" accepts no rows")
                .extracting(e -> ((RowRefusedException) e).hint())
                .isEqualTo("those that do are things");
        assertThatThrownBy(() -> writer.delete("closed", key("x"))).isInstanceOf(RowRefusedException.class);
    }

    @Test
    void ownership_outlivesATableThatIsMadeAgain() {
        insert("[{name: x, text: mine}]");
        fixture.remove(table);
        assertThatThrownBy(() -> insert("[{name: y}]")).isInstanceOf(RowRefusedException.class);
        table = fixture.database.create(
                Thing.THINGS, fixture.board.initializersFor(Thing.THINGS).toArray(String[]::new));
        fixture.database.write(table, txn -> table.insert(txn, new Thing("x", "mine", null, 0)));
        fixture.board.tableAdded(table);

        assertThat(owner("x")).isEqualTo(RowOwner.COMMAND);
        assertThat(feed.apply(scan(things("web.yaml", "x=theirs"))).problems()).hasSize(1);
    }

    @Test
    void source_mayNotBeCalledAsTheCommandIs() {
        assertThatThrownBy(() -> fixture.board.register("command", "etcd"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("choose another name");
    }
}
