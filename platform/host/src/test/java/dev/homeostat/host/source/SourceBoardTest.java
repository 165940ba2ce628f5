package dev.homeostat.host.source;

import static dev.homeostat.host.source.BoardFixture.broken;
import static dev.homeostat.host.source.BoardFixture.scan;
import static dev.homeostat.host.source.BoardFixture.text;
import static dev.homeostat.host.source.BoardFixture.things;
import static dev.homeostat.host.source.BoardFixture.unit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Keys;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.source.ScanReport;
import dev.homeostat.api.source.SourceFeed;
import dev.homeostat.host.view.RowOwner;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who writes what: rows, owners and conflicts. */
class SourceBoardTest {
    @TempDir
    Path data;

    private BoardFixture fixture;
    private RWTable<Thing> table;
    private SourceFeed feed;

    @BeforeEach
    void begin() {
        fixture = new BoardFixture(data);
        table = fixture.table(Thing.THINGS);
        feed = fixture.board.register("manifests", "manifests");
    }

    @Test
    void apply_newRows_areStoredAndCounted() {
        ScanReport report = feed.apply(scan(things("a.yaml", "x=1", "y=2")));

        assertThat(report).isEqualTo(new ScanReport(2, 0, List.of(), List.of()));
        assertThat(fixture.rows(table)).containsExactly("x=1", "y=2");
        assertThat(fixture.view("manifests").state()).isEqualTo("1 unit, 2 rows");
        assertThat(fixture.view("manifests").problems()).isEmpty();
    }

    @Test
    void apply_equalRows_keepTheirRevision() {
        feed.apply(scan(things("a.yaml", "x=1", "y=2")));
        Map<String, Long> before = fixture.revisions(table);

        ScanReport report = feed.apply(scan(things("a.yaml", "x=1", "y=3")));

        assertThat(report.written()).isEqualTo(1);
        assertThat(fixture.revisions(table)).containsEntry("x", before.get("x"));
        assertThat(fixture.revisions(table).get("y")).isGreaterThan(before.get("y"));
    }

    @Test
    void apply_rowInNoUnitAnyMore_isDeleted() {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml", "y=2", "z=3")));

        ScanReport report = feed.apply(scan(things("b.yaml", "y=2")));

        assertThat(report.deleted()).isEqualTo(2);
        assertThat(fixture.rows(table)).containsExactly("y=2");
    }

    @Test
    void apply_rowThatMovesBetweenUnits_keepsItsRevision() {
        feed.apply(scan(things("a.yaml", "x=1"), things("b.yaml")));
        Map<String, Long> before = fixture.revisions(table);

        feed.apply(scan(things("a.yaml"), things("b.yaml", "x=1")));

        assertThat(fixture.revisions(table)).isEqualTo(before);
        assertThat(fixture.board.owner("things", Keys.STRING.encode("x")))
                .contains(new RowOwner("manifests", "b.yaml"));
    }

    @Test
    void apply_severalTables_isOneTransaction() {
        RWTable<Thing> others = fixture.table(Thing.OTHERS);
        ReadTxn before = fixture.database.readTxn();
        var watch = table.all(before).watch();
        feed.apply(scan(unit("a.yaml", """
            table: things
            rows: [{name: x}]
            ---
            table: others
            rows: [{name: y}]
            """)));

        assertThat(watch.isClosed()).isTrue();
        assertThat(fixture.rows(others)).containsExactly("y=");
        assertThat(table.count(before)).isZero();
    }

    @Test
    void apply_onlyItsOwnRows_areDeleted() {
        fixture.database.write(table, txn -> table.insert(txn, new Thing("own", "", null, 0)));
        SourceFeed etcd = fixture.board.register("etcd", "etcd");
        etcd.apply(scan(things("/a", "e=1")));
        feed.apply(scan(things("a.yaml", "x=1")));

        feed.apply(scan());

        assertThat(fixture.rows(table)).containsExactly("e=1", "own=");
    }

    @Test
    void apply_secondUnitForAKey_isRefusedNamingBothAndTheOwnerKeepsIt() {
        feed.apply(scan(things("b.yaml", "x=b")));

        ScanReport report = feed.apply(scan(things("a.yaml", "x=a", "y=a"), things("b.yaml", "x=b")));

        assertThat(fixture.rows(table)).containsExactly("x=b", "y=a");
        assertThat(text(report.problems()))
                .containsExactly(
                        "a.yaml:3: table \"things\": row \"x\" of a.yaml is refused, since b.yaml:3 has it; take it out"
                                + " of one of the two");
        assertThat(fixture.view("manifests").problems()).isEqualTo(text(report.problems()));
    }

    @Test
    void apply_twoNewUnitsForAKey_theEarlierOneGetsIt() {
        ScanReport report = feed.apply(scan(things("a.yaml", "x=a"), things("b.yaml", "x=b")));

        assertThat(fixture.rows(table)).containsExactly("x=a");
        assertThat(report.problems()).singleElement().asString().startsWith("b.yaml:3: ");
    }

    @Test
    void apply_conflictIsMended_theOtherUnitGetsTheRow() {
        feed.apply(scan(things("a.yaml", "x=a"), things("b.yaml", "x=b")));

        ScanReport report = feed.apply(scan(things("a.yaml"), things("b.yaml", "x=b")));

        assertThat(report.problems()).isEmpty();
        assertThat(report.deleted()).isZero();
        assertThat(fixture.rows(table)).containsExactly("x=b");
    }

    @Test
    void apply_keyOfAnotherSource_isRefusedNamingBoth() {
        SourceFeed etcd = fixture.board.register("etcd", "etcd");
        etcd.apply(scan(things("/a", "x=e")));

        ScanReport report = feed.apply(scan(things("a.yaml", "x=1")));

        assertThat(fixture.rows(table)).containsExactly("x=e");
        assertThat(text(report.problems()))
                .containsExactly(
                        "a.yaml:3: table \"things\": row \"x\" of a.yaml is refused, since /a:3 of source \"etcd\" has"
                                + " it; take it out of one of the two");
    }

    @Test
    void apply_ownerGivesUpAKey_theOtherSourceGetsItAtOnce() {
        SourceFeed etcd = fixture.board.register("etcd", "etcd");
        etcd.apply(scan(things("/a", "x=e")));
        feed.apply(scan(things("a.yaml", "x=1")));

        etcd.apply(scan());

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.view("manifests").problems()).isEmpty();
    }

    @Test
    void apply_rowChangedBySomebodyElse_isRestored() {
        feed.apply(scan(things("a.yaml", "x=1")));
        fixture.database.write(table, txn -> table.insert(txn, new Thing("x", "changed", null, 0)));

        feed.apply(scan(things("a.yaml", "x=1")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
    }

    @Test
    void apply_uniqueKeyTakenByAnotherRow_refusesThatRowOnly() {
        ScanReport report = feed.apply(scan(unit("a.yaml", """
            table: things
            rows:
              - {name: x, slot: s}
              - {name: y, slot: s}
              - {name: z, slot: t}
            """)));

        assertThat(report.problems()).hasSize(1);
        assertThat(report.problems().getFirst().toString()).contains("a.yaml:").contains("index \"slot\" is unique");
        assertThat(fixture.rows(table)).hasSize(2).contains("z=");
        assertThat(fixture.initialized(table)).isFalse();
    }

    @Test
    void apply_uniqueKeyThatPassesToAnotherRow_isWritten() {
        feed.apply(scan(unit("a.yaml", "table: things\nrows: [{name: a, slot: s}, {name: b, slot: t}]")));

        ScanReport report =
                feed.apply(scan(unit("a.yaml", "table: things\nrows: [{name: a, slot: t}, {name: b, slot: u}]")));

        assertThat(report.problems()).isEmpty();
        assertThat(report.written()).isEqualTo(2);
    }

    @Test
    void apply_afterTheSourceEnded_isRefused() {
        fixture.board.unregister("manifests");

        assertThatThrownBy(() -> feed.apply(scan()))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("source \"manifests\" of plugin \"manifests\" has ended");
        assertThatThrownBy(() -> feed.unavailable("x")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void register_nameOfAnotherPluginsSource_namesBoth() {
        assertThatThrownBy(() -> fixture.board.register("manifests", "other"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("plugin \"other\"")
                .hasMessageContaining("plugin \"manifests\"");
        assertThatThrownBy(() -> fixture.board.register("../x", "other")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void unregister_itsRows_stayOrphanedAndMayBeTakenOver() {
        feed.apply(scan(things("a.yaml", "x=1", "y=2")));

        fixture.board.unregister("manifests");

        assertThat(fixture.rows(table)).containsExactly("x=1", "y=2");
        assertThat(fixture.view("manifests").state()).contains("2 orphaned rows stay");
        assertThat(fixture.view("manifests").rows()).isEqualTo(2);
        assertThat(fixture.board.owner("things", Keys.STRING.encode("x"))).isEmpty();

        SourceFeed etcd = fixture.board.register("etcd", "etcd");
        assertThat(etcd.apply(scan(things("/a", "x=e"))).problems()).isEmpty();
        assertThat(fixture.rows(table)).containsExactly("x=e", "y=2");
        assertThat(fixture.view("manifests").rows()).isEqualTo(1);
    }

    @Test
    void register_again_ownsItsRowsAsBeforeAndDeletesTheDroppedOnes() {
        feed.apply(scan(things("a.yaml", "x=1", "y=2")));
        Map<String, Long> before = fixture.revisions(table);

        fixture.board.unregister("manifests");
        SourceFeed again = fixture.board.register("manifests", "manifests");
        assertThat(fixture.view("manifests").state()).isEqualTo("was not read yet");
        assertThat(fixture.rows(table)).hasSize(2);
        again.apply(scan(things("a.yaml", "x=1")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.revisions(table)).containsEntry("x", before.get("x"));
    }

    @Test
    void register_again_itsRowsAreNotFreeBeforeItsFirstScan() {
        feed.apply(scan(things("a.yaml", "x=1")));
        fixture.board.unregister("manifests");
        fixture.board.register("manifests", "manifests");
        SourceFeed etcd = fixture.board.register("etcd", "etcd");

        ScanReport report = etcd.apply(scan(things("/a", "x=e")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(report.problems())
                .singleElement()
                .asString()
                .contains("since a.yaml of source \"manifests\" has it");
    }

    @Test
    void unavailable_changesNoRowAndIsShown() {
        feed.apply(scan(things("a.yaml", "x=1")));

        feed.unavailable("manifests: cannot be read");

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(fixture.view("manifests").state())
                .isEqualTo("cannot be read since 2026-01-31T08:00:00Z, and its 1 row stay as they are");
        assertThat(fixture.view("manifests").problems()).containsExactly("manifests: cannot be read");

        feed.apply(scan(things("a.yaml", "x=1")));
        assertThat(fixture.view("manifests").problems()).isEmpty();
    }

    @Test
    void tableRemoved_duringAScan_isNoError() {
        RWTable<Thing> others = fixture.table(Thing.OTHERS);
        fixture.database.remove(others); // the board was not told

        ScanReport report = feed.apply(scan(unit("a.yaml", """
            table: things
            rows: [{name: x}]
            ---
            table: others
            rows: [{name: y}]
            """)));

        assertThat(report.waiting()).containsExactly("others");
        assertThat(fixture.rows(table)).containsExactly("x=");
    }

    @Test
    void apply_manyBrokenAndGoodUnits_theGoodOnesGoOn() {
        ScanReport report = feed.apply(scan(broken("a.yaml"), things("b.yaml", "x=1"), broken("c.yaml")));

        assertThat(fixture.rows(table)).containsExactly("x=1");
        assertThat(report.problems())
                .extracting(problem -> problem.place().origin())
                .containsExactly("a.yaml", "c.yaml");
    }

    @Test
    void back_rowThatNobodyWantsAnyMore_isDeletedWhenItsSourceSpeaks() {
        RowOwner owner = new RowOwner("manifests", "a.yaml");
        BoardFixture restarted = new BoardFixture(data.resolve("restarted"));
        for (String name : List.of("x", "y")) {
            restarted.board.back("things", Keys.STRING.encode(name), owner);
        }
        RWTable<Thing> things = restarted.database.create(Thing.THINGS);
        restarted.database.write(things, txn -> {
            things.insert(txn, new Thing("x", "1", null, 0));
            things.insert(txn, new Thing("y", "2", null, 0));
            return things.insert(txn, new Thing("z", "of nobody", null, 0));
        });
        restarted.board.tableAdded(things);
        SourceFeed again = restarted.board.register("manifests", "manifests");
        assertThat(restarted.rows(things)).as("nothing is known yet").hasSize(3);
        again.apply(scan(things("a.yaml", "x=1")));
        assertThat(restarted.rows(things)).containsExactly("x=1", "z=of nobody");
        assertThat(restarted.revisions(things)).containsEntry("x", 1L);
    }

    @Test
    void listen_tellsOfWhichOwnersItIsKnownWhatTheyWantAndThatItIsThere() {
        List<String> known = new ArrayList<>();
        fixture.board.listen(settled -> {
            known.clear();
            for (String unit : List.of("a.yaml", "b.yaml", "gone.yaml")) {
                for (String name : List.of("things", "others")) {
                    if (settled.test(name, new RowOwner("manifests", unit))) {
                        known.add(name + " " + unit);
                    }
                }
            }
            assertThat(settled.test("things", new RowOwner("etcd", "a.yaml"))).isFalse();
        });
        feed.apply(scan(things("a.yaml", "x=1"), broken("b.yaml")));
        assertThat(known).containsExactly("things a.yaml", "things gone.yaml");
        fixture.remove(table);
        assertThat(known).as("the table is away").isEmpty();
        fixture.table(Thing.THINGS);
        assertThat(known).containsExactly("things a.yaml", "things gone.yaml");
        fixture.board.unregister("manifests");
        assertThat(known).as("the source is gone").isEmpty();
    }
}
