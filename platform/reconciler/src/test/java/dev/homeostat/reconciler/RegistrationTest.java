package dev.homeostat.reconciler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.StatusSlot;
import dev.homeostat.api.reconcile.StatusesInRow;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.FakeTarget;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Reconcilers that are asked for with nonsense: each is refused at once, and nothing is left of it. */
final class RegistrationTest {
    private final Lab lab = new Lab();
    private final RWTable<Station> stations = lab.db.create(Station.TABLE);
    private final FakeTarget<Station> target = new FakeTarget<>(Station::name, Item::key);

    private RunningReconciler<Station> inRow(String name, StatusSlot<Station> slot) {
        return lab.reconcilers.start(name, stations, slot, target, Lab.OPTIONS);
    }

    @Test
    void name_thatIsNone_isRefused() {
        for (String name : new String[] {"", "Disk", "1a", "a b", "a".repeat(32)}) {
            refused(
                    () -> lab.start(name, lab.target, Lab.OPTIONS),
                    "reconciler \"" + name + "\" of table \"items\": a name matches ^[a-z][a-z0-9_\\-]{0,30}$");
        }
    }

    @Test
    void name_thatRunsOnThatTable_isRefused() {
        lab.start("disk", lab.target, Lab.OPTIONS);
        assertThatThrownBy(() -> lab.start("disk", lab.target, Lab.OPTIONS))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("items/disk already runs; stop it first, or choose another name");
        assertThat(inRow("disk", Station.STATUSES.slot("main")).fullName()).isEqualTo("stations/disk");
    }

    @Test
    void table_ofAnotherDatabase_isRefused() {
        Database other = StateDatabase.builder().scheduler(lab.clock).build();
        RWTable<Item> foreign = other.create(Item.TABLE);
        refused(
                () -> lab.reconcilers.start("disk", foreign, lab.target, Lab.OPTIONS),
                "reconciler items/disk: table \"items\" is not one of the database that these reconcilers were made"
                        + " for");
        RWTable<Station> foreignStations = other.create(Station.TABLE);
        refused(
                () -> lab.reconcilers.start(
                        "disk", foreignStations, Station.STATUSES.slot("main"), target, Lab.OPTIONS),
                "table \"stations\" is not one of the database");
        assertThat(lab.db.tables()).hasSize(2);
    }

    @Test
    void table_thatWasRemoved_isRefused() {
        lab.db.remove(stations);
        assertThatThrownBy(() -> inRow("disk", Station.STATUSES.slot("main")))
                .isInstanceOf(TableRemovedException.class);
    }

    @Test
    void slot_thatIsNoneOfTheTable_isRefused() {
        StatusesInRow<Station> others = StatusesInRow.field("main", Station::main, Station::withMain);
        refused(
                () -> inRow("disk", others.slot()),
                "reconciler stations/disk: status \"main\" is not one of the rows of table \"stations\", which have"
                        + " statuses in fields [main, other, third]");
        StatusesInRow<Item> none = StatusesInRow.field("x", item -> null, (item, status) -> item);
        refused(
                () -> lab.reconcilers.start("disk", lab.items, none.slot(), lab.target, Lab.OPTIONS),
                "table \"items\", which have no statuses; name them in the table's specification");
    }

    @Test
    void slot_thatAnotherUses_isRefusedUntilThatOneStopped() {
        RunningReconciler<Station> first = inRow("disk", Station.STATUSES.slot("main"));
        assertThatThrownBy(() -> inRow("net", Station.STATUSES.slot("main")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("reconciler stations/net: status \"main\" is used by reconciler stations/disk; stop that"
                        + " one first, or give each a status of its own");
        inRow("net", Station.STATUSES.slot("other"));
        first.stop();
        lab.clock.runUntilIdle();
        assertThat(inRow("third", Station.STATUSES.slot("main")).name()).isEqualTo("third");
    }

    @Test
    void nothing_isLeftOfWhatWasRefused() {
        StatusesInRow<Station> others = StatusesInRow.field("main", Station::main, Station::withMain);
        assertThatThrownBy(() -> inRow("disk", others.slot())).isInstanceOf(IllegalArgumentException.class);
        assertThat(inRow("disk", Station.STATUSES.slot("main")).name()).isEqualTo("disk");
        assertThat(lab.db.tables()).hasSize(2);
    }

    private static void refused(ThrowingCallable start, String message) {
        assertThatThrownBy(start).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(message);
    }
}
