package dev.homeostat.host.source;

import static dev.homeostat.host.source.BoardFixture.broken;
import static dev.homeostat.host.source.BoardFixture.scan;
import static dev.homeostat.host.source.BoardFixture.text;
import static dev.homeostat.host.source.BoardFixture.things;
import static dev.homeostat.host.source.BoardFixture.unit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The last good version of a unit stays in force, also over a restart. */
class LastGoodTest {
    @TempDir
    Path data;

    private BoardFixture fixture;
    private RWTable<Thing> table;
    private SourceFeed feed;

    @BeforeEach
    void restart() {
        fixture = new BoardFixture(data);
        table = fixture.table(Thing.THINGS);
        feed = fixture.board.register("manifests", "manifests");
    }

    @Test
    void apply_unitThatDoesNotParse_keepsItsLastGoodRows() {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=1")));

        ScanReport report = feed.apply(scan(broken("a.yaml"), things("b.yaml", "y=2")));

        assertThat(fixture.rows(table)).containsExactly("x=1", "y=2");
        assertThat(report.problems()).singleElement().asString().startsWith("a.yaml:1: is not valid YAML");
    }

    @Test
    void apply_unknownField_isReportedWithFileAndLineAndTheLastGoodVersionStays() {
        feed.apply(scan(things("a.yaml", "x=1")));

        ScanReport report = feed.apply(scan(unit("a.yaml", "table: things\nrows:\n  - name: z\n    txt: q\n")));

        assertThat(text(report.problems())).containsExactly("a.yaml:4: unknown key \"txt\"; did you mean \"text\"?");
        assertThat(fixture.rows(table)).containsExactly("x=1");
    }

    @Test
    void apply_slipInTheTablesName_keepsTheLastGoodRows_untilThatTableExists() {
        feed.apply(scan(unit("a.yaml", "table: things\nrows:\n  - name: x\n    text: '1'\n")));

        ScanReport report = feed.apply(scan(unit("a.yaml", "table: thingz\nrows:\n  - name: x\n    text: '1'\n")));

        assertThat(text(report.problems()))
                .containsExactly(
                        "a.yaml:1: there is no table \"thingz\"; did you mean \"things\"? the last good version"
                                + " stays in force until there is, since this one would remove rows");
        assertThat(fixture.rows(table)).containsExactly("x=1");
    }

    @Test
    void apply_missingTableBesideTheRowsOfBefore_waitsAndIsNoProblem() {
        feed.apply(scan(things("a.yaml", "x=1")));

        ScanReport report = feed.apply(scan(
                unit("a.yaml", "table: things\nrows:\n  - name: x\n    text: '2'\n---\ntable: later\nrows: []\n")));

        assertThat(report.problems()).isEmpty();
        assertThat(report.waiting()).containsExactly("later");
        assertThat(fixture.rows(table)).containsExactly("x=2");
    }

    @Test
    void apply_keyTwiceInOneUnit_isReportedWithBothLines() {
        feed.apply(scan(things("a.yaml", "x=1")));

        ScanReport report = feed.apply(scan(things("a.yaml", "z=1", "z=2")));

        assertThat(text(report.problems()))
                .containsExactly("a.yaml:4: table \"things\": row \"z\" is there twice, first in line 3");
        assertThat(fixture.rows(table)).containsExactly("x=1");
    }

    @Test
    void apply_afterARestart_usesTheVersionThatWasKept() {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=1")));

        restart();
        ScanReport report = feed.apply(scan(broken("a.yaml"), things("b.yaml", "y=2")));

        assertThat(fixture.rows(table)).containsExactly("x=1", "y=2");
        assertThat(report.problems()).hasSize(1);
        assertThat(fixture.initialized(table)).isTrue();
    }

    @Test
    void apply_brokenTwiceOverRestarts_stillUsesIt() {
        feed.apply(scan(things("a.yaml", "x=é\uD83D\uDE00")));
        restart();
        feed.apply(scan(broken("a.yaml")));
        restart();
        feed.apply(scan(broken("a.yaml")));

        assertThat(fixture.rows(table)).containsExactly("x=é\uD83D\uDE00");
    }

    @Test
    void state_namesTheUnits_ofWhichTheLastGoodVersionIsInForce() {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=1")));

        feed.apply(scan(broken("a.yaml"), things("b.yaml", "y=2")));
        assertThat(fixture.view("manifests").state()).isEqualTo("2 units, 2 rows; a.yaml: last good version in force");

        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=2")));
        assertThat(fixture.view("manifests").state()).isEqualTo("2 units, 2 rows");
    }

    @Test
    void apply_unitThatWasRemoved_isForgotten() throws IOException {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=1")));
        feed.apply(scan(things("b.yaml", "y=1")));
        assertThat(keptFiles()).hasSize(1);

        restart();
        feed.apply(scan(broken("a.yaml")));

        assertThat(fixture.rows(table)).isEmpty();
    }

    @Test
    void promise_B8_aBrokenUnitWithoutLastGood_holdsTheInitializersOfAllTables() {
        RWTable<Thing> others = fixture.table(Thing.OTHERS);

        feed.apply(scan(things("a.yaml", "x=1"), broken("b.yaml")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.initialized(table)).isFalse();
        assertThat(fixture.initialized(others)).isFalse();
        assertThat(fixture.view("manifests").state())
                .isEqualTo("2 units, 1 row; tables that wait for it are not pruned until b.yaml can be read");

        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml")));

        assertThat(fixture.initialized(table)).isTrue();
        assertThat(fixture.initialized(others)).isTrue();
    }

    @Test
    void apply_brokenUnitThatIsRemoved_holdsNothingAnyMore() {
        feed.apply(scan(broken("b.yaml")));
        assertThat(fixture.initialized(table)).isFalse();

        feed.apply(scan());

        assertThat(fixture.initialized(table)).isTrue();
    }

    @Test
    void load_corruptedFile_isReportedAndWrittenAnew() throws IOException {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=1")));
        Path kept = keptFiles().stream()
                .filter(file -> file.toString().contains("a.yaml"))
                .findFirst()
                .orElseThrow();
        Files.writeString(kept, "{\"format\":1,", UTF_8);

        restart();
        assertThat(fixture.view("manifests").problems())
                .singleElement()
                .asString()
                .contains(kept.toString());
        ScanReport report = feed.apply(scan(broken("a.yaml"), things("b.yaml", "y=1")));
        assertThat(fixture.initialized(table)).isFalse();
        assertThat(text(report.problems())).anyMatch(problem -> problem.contains(kept.toString()));

        assertThat(feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=1")))
                        .problems())
                .isEmpty();
        restart();
        assertThat(fixture.view("manifests").problems()).isEmpty();
        feed.apply(scan(broken("a.yaml"), things("b.yaml", "y=1")));
        assertThat(fixture.rows(table)).containsExactly("x=1", "y=1");
    }

    @Test
    void load_garbageOfAnyKind_isNeverFatal() throws IOException {
        feed.apply(scan(things("a.yaml", "x=1")));
        Path directory = data.resolve("sources").resolve("manifests");
        Files.write(directory.resolve("binary.json"), new byte[] {(byte) 0xff, 0, 1});
        Files.writeString(directory.resolve("empty.json"), "", UTF_8);
        Files.writeString(directory.resolve("newer.json"), "{\"format\":2,\"unit\":\"n\",\"wanted\":[]}", UTF_8);
        Files.createDirectory(directory.resolve("directory.json"));
        Files.writeString(directory.resolve("left.json.123.tmp"), "half", UTF_8);

        restart();

        assertThat(fixture.view("manifests").problems()).hasSize(4);
        assertThat(feed.apply(scan(things("a.yaml", "x=1"))).problems()).isEmpty();
        assertThat(keptFiles()).hasSize(1);
    }

    @Test
    void keep_directoryThatCannotBeWritten_isReportedAndNotFatal() throws IOException {
        Files.writeString(Files.createDirectories(data.resolve("sources")).resolve("manifests"), "a file", UTF_8);

        ScanReport report = feed.apply(scan(things("a.yaml", "x=1")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(report.problems()).singleElement().asString().contains("cannot be kept for the next start");
    }

    @Test
    void keep_equalVersion_isNotWrittenAgain() throws IOException {
        feed.apply(scan(things("a.yaml", "x=1")));
        Object before = Files.readAttributes(keptFiles().getFirst(), java.nio.file.attribute.BasicFileAttributes.class)
                .fileKey();

        restart();
        feed.apply(scan(things("a.yaml", "x=1")));

        assertThat(Files.readAttributes(keptFiles().getFirst(), java.nio.file.attribute.BasicFileAttributes.class)
                        .fileKey())
                .isEqualTo(before);
    }

    @Test
    void tableAdded_rowsThatDoNotFit_theVersionBeforeComesBackInForce() {
        feed.apply(scan(things("a.yaml", "x=1")));
        feed.apply(scan(unit("a.yaml", """
            table: things
            rows: [{name: x, text: "2"}]
            ---
            table: others
            rows: [{name: y, weight: 10}]
            """)));
        assertThat(fixture.rows(table)).containsExactly("x=2");

        fixture.table(Thing.OTHERS);

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.view("manifests").problems())
                .containsExactly("a.yaml:5: weight: must be at most 9, but was 10");
    }

    @Test
    void tableRemoved_versionThatDidNotFitIt_isNotInForceBecauseOfThat() {
        RWTable<Thing> others = fixture.table(Thing.OTHERS);
        feed.apply(scan(things("a.yaml", "x=1")));
        feed.apply(scan(unit("a.yaml", "table: others\nrows: [{nam: y}]")));
        assertThat(fixture.rows(table)).containsExactly("x=1");

        fixture.remove(others);

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.view("manifests").problems()).hasSize(2);
    }

    @Test
    void tableRemoved_slipInATablesName_isNotInForceBecauseOfThat() {
        feed.apply(scan(things("a.yaml", "x=1", "y=1")));
        feed.apply(scan(unit("a.yaml", "table: thingz\nrows: [{name: x, text: '1'}]")));

        fixture.remove(table); // as in a reload of its plugin
        table = fixture.table(Thing.THINGS);

        assertThat(fixture.rows(table)).containsExactly("x=1", "y=1");
        assertThat(fixture.view("manifests").problems())
                .singleElement()
                .asString()
                .contains("thingz");
    }

    @Test
    void restart_slipInATablesName_takesNoRowsFromATableThatComesLate() {
        feed.apply(scan(things("a.yaml", "x=1", "y=1")));
        fixture = new BoardFixture(data);
        feed = fixture.board.register("manifests", "manifests");
        feed.apply(scan(unit("a.yaml", "table: thingz\nrows: [{name: x, text: '1'}]")));

        table = fixture.table(Thing.THINGS);

        assertThat(fixture.rows(table)).containsExactly("x=1", "y=1");
    }

    @Test
    void restart_newTableAndFewerRows_isInForceOnceItsTablesAreThere() {
        feed.apply(scan(things("a.yaml", "x=1", "y=1")));
        fixture = new BoardFixture(data);
        feed = fixture.board.register("manifests", "manifests");
        feed.apply(scan(unit(
                "a.yaml",
                "table: others\nrows: [{name: o, weight: 1}]\n---\ntable: things\nrows: [{name: x, text: '2'}]")));

        table = fixture.table(Thing.THINGS);
        assertThat(fixture.rows(table)).as("others is not there yet").containsExactly("x=1", "y=1");

        fixture.table(Thing.OTHERS);
        assertThat(fixture.rows(table)).containsExactly("x=2");
        assertThat(fixture.view("manifests").problems()).isEmpty();
    }

    private List<Path> keptFiles() throws IOException {
        try (Stream<Path> files = Files.list(data.resolve("sources").resolve("manifests"))) {
            return files.sorted().toList();
        }
    }
}
