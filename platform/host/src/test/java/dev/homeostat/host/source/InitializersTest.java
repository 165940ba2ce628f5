package dev.homeostat.host.source;

import static dev.homeostat.host.source.BoardFixture.scan;
import static dev.homeostat.host.source.BoardFixture.text;
import static dev.homeostat.host.source.BoardFixture.things;
import static dev.homeostat.host.source.BoardFixture.unit;
import static org.assertj.core.api.Assertions.assertThat;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.view.SourceView;
import dev.homeostat.host.view.WaitingTable;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Which tables wait for which sources, and for how long. */
class InitializersTest {
    @TempDir
    Path data;

    @Test
    void promise_B8_expectedSourceThatIsMissing_holdsTheInitializerAndIsNamedWithItsSetting() {
        BoardFixture fixture = new BoardFixture(data);
        RWTable<Thing> table = fixture.table(Thing.THINGS);

        assertThat(table.pendingInitializers(fixture.database.readTxn())).containsExactly("source manifests");
        SourceView view = fixture.view("manifests");
        assertThat(view.plugin()).isEmpty();
        assertThat(view.state())
                .isEqualTo("missing: no plugin contributes it; to do without it, take it out of \"sources\" in"
                        + " conf/homeostat.yaml");
        assertThat(view.problems()).hasSize(1);
    }

    @Test
    void promise_B8_goodScan_completesTheInitializersOfAllTablesAlsoWithoutRows() {
        BoardFixture fixture = new BoardFixture(data);
        RWTable<Thing> table = fixture.table(Thing.THINGS);
        RWTable<Thing> others = fixture.table(Thing.OTHERS);
        SourceFeed feed = fixture.board.register("manifests", "manifests");
        assertThat(fixture.initialized(table)).isFalse();

        feed.apply(scan(things("a.yaml", "x=1")));

        assertThat(fixture.initialized(table)).isTrue();
        assertThat(fixture.initialized(others)).isTrue();
    }

    @Test
    void promise_B8_sourceThatFedThisHomeBefore_isWaitedForUnlessIgnored() {
        new BoardFixture(data).board.register("etcd", "etcd").apply(scan(things("/a", "x=1")));

        BoardFixture fixture = new BoardFixture(data);
        RWTable<Thing> table = fixture.table(Thing.THINGS);
        assertThat(table.pendingInitializers(fixture.database.readTxn()))
                .containsExactly("source etcd", "source manifests");
        assertThat(fixture.view("etcd").state())
                .isEqualTo("missing: no plugin contributes it; to do without it, it fed this home before: name it under"
                        + " \"sources-ignored\" in conf/homeostat.yaml");

        BoardFixture ignoring = new BoardFixture(data, List.of("manifests"), List.of("etcd"));
        assertThat(ignoring.board.initializersFor(Thing.THINGS)).containsExactly("source manifests");
        assertThat(ignoring.board.view()).extracting(SourceView::name).containsExactly("manifests");
    }

    @Test
    void promise_B8_unavailableSource_completesNothing() {
        BoardFixture fixture = new BoardFixture(data);
        RWTable<Thing> table = fixture.table(Thing.THINGS);
        SourceFeed feed = fixture.board.register("manifests", "manifests");

        feed.unavailable("no such directory");

        assertThat(fixture.initialized(table)).isFalse();
        feed.apply(scan(things("a.yaml", "x=1")));
        feed.unavailable("no such directory");
        RWTable<Thing> others = fixture.table(Thing.OTHERS);
        assertThat(fixture.initialized(others)).isFalse();
        feed.apply(scan(things("a.yaml", "x=1")));
        assertThat(fixture.initialized(others)).isTrue();
    }

    @Test
    void promise_B8_stoppedSource_completesNothing() {
        BoardFixture fixture = new BoardFixture(data);
        SourceFeed feed = fixture.board.register("manifests", "manifests");
        feed.apply(scan(things("a.yaml", "x=1")));
        fixture.board.unregister("manifests");

        RWTable<Thing> table = fixture.table(Thing.THINGS);

        assertThat(fixture.initialized(table)).isFalse();
        assertThat(fixture.rows(table)).isEmpty();
    }

    @Test
    void promise_B8_tableThatAcceptsNoSources_waitsForNone() {
        BoardFixture fixture = new BoardFixture(data);

        assertThat(fixture.board.initializersFor(Thing.closed("closed"))).isEmpty();
    }

    @Test
    void apply_tableThatDoesNotExist_waitsAndHoldsNothingElse() {
        BoardFixture fixture = new BoardFixture(data);
        RWTable<Thing> table = fixture.table(Thing.THINGS);
        SourceFeed feed = fixture.board.register("manifests", "manifests");

        ScanReport report = feed.apply(scan(things("a.yaml", "x=1"), unit("b.yaml", """
            table: others
            rows: [{name: y}]
            """)));

        assertThat(report.problems()).isEmpty();
        assertThat(report.waiting()).containsExactly("others");
        assertThat(fixture.view("manifests").waiting()).containsExactly("others");
        assertThat(fixture.initialized(table)).isTrue();
    }

    @Test
    void tableThatIsWaitedFor_isShownWithItsPlacesAndTheNearestName() {
        BoardFixture fixture = new BoardFixture(data);
        fixture.table(Thing.THINGS);
        SourceFeed feed = fixture.board.register("manifests", "manifests");

        feed.apply(scan(
                unit("a.yaml", "table: thinks\nrows: [{name: x}]"),
                unit("b.yaml", "table: elsewhere\nrows: [{name: y}]\n---\ntable: thinks\nrows: [{name: z}]")));

        assertThat(fixture.view("manifests").waitingFor())
                .containsExactly(
                        new WaitingTable("elsewhere", List.of("b.yaml:1"), 1, "", false),
                        new WaitingTable("thinks", List.of("a.yaml:1", "b.yaml:4"), 2, "things", false));
        assertThat(fixture.view("manifests").problems())
                .containsExactly(
                        "b.yaml:1: there is no table \"elsewhere\"; it waits until a plugin brings one",
                        "a.yaml:1: there is no table \"thinks\", which is named in 1 more place; did you mean"
                                + " \"things\"?");
        assertThat(fixture.view("manifests").since()).isEqualTo(BoardFixture.NOW);
    }

    @Test
    void promise_B8_tableThatAppearsLater_getsWhatWaitsForItAndIsInitialized() {
        BoardFixture fixture = new BoardFixture(data);
        SourceFeed feed = fixture.board.register("manifests", "manifests");
        feed.apply(scan(unit("b.yaml", "table: others\nrows: [{name: y}]")));

        RWTable<Thing> others = fixture.table(Thing.OTHERS);

        assertThat(fixture.rows(others)).containsExactly("y=");
        assertThat(fixture.initialized(others)).isTrue();
        assertThat(fixture.view("manifests").waiting()).isEmpty();
    }

    @Test
    void tableRemoved_andAddedAgain_getsItsRowsAgain() {
        BoardFixture fixture = new BoardFixture(data);
        RWTable<Thing> table = fixture.table(Thing.THINGS);
        SourceFeed feed = fixture.board.register("manifests", "manifests");
        feed.apply(scan(things("a.yaml", "x=1")));

        fixture.remove(table);
        assertThat(fixture.view("manifests").waiting()).containsExactly("things");
        assertThat(fixture.view("manifests").waitingFor()).allMatch(WaitingTable::known);
        assertThat(fixture.view("manifests").problems()).isEmpty();
        assertThat(fixture.view("manifests").since()).isNull();
        RWTable<Thing> again = fixture.table(Thing.THINGS);

        assertThat(fixture.rows(again)).containsExactly("x=1");
        assertThat(fixture.initialized(again)).isTrue();
    }

    @Test
    void apply_tableThatAcceptsNoSources_isAProblemThatNamesIt() {
        BoardFixture fixture = new BoardFixture(data);
        fixture.database.create(Thing.closed("closed"));
        fixture.table(Thing.THINGS);
        SourceFeed feed = fixture.board.register("manifests", "manifests");

        ScanReport report = feed.apply(scan(unit("b.yaml", "rows: [{name: y}]\ntable: closed\n")));

        assertThat(text(report.problems()))
                .containsExactly(
                        "b.yaml:2: table \"closed\" accepts no rows from sources: its own plugin fills it; those that"
                                + " do are things");
    }

    @Test
    void register_sourceThatNobodyExpects_holdsNothing() {
        BoardFixture fixture = new BoardFixture(data, List.of(), List.of());
        RWTable<Thing> table = fixture.table(Thing.THINGS);

        SourceFeed feed = fixture.board.register("etcd", "etcd");
        feed.apply(scan(things("/a", "x=1")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.initialized(table)).isTrue();
    }
}
