package dev.homeostat.host.source;

import dev.homeostat.api.source.Scan;
import dev.homeostat.api.source.SourceUnit;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.view.RowOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One source: who contributes it, what it wants, and what is wrong with that. Guarded by the board's lock. */
final class SourceState {
    private final String name;
    private final LastGoodStore store;
    private final Map<String, UnitState> kept;
    private Map<String, UnitState> units = new LinkedHashMap<>();
    private @Nullable BoardFeed feed;
    private boolean scanned;
    private @Nullable String unavailable;
    private Instant unavailableSince = Instant.EPOCH;
    private List<Problem> storeProblems;
    private List<Problem> refused = List.of();
    private boolean refusedByTable;

    SourceState(String name, LastGoodStore store) {
        this.name = name;
        this.store = store;
        LastGoodStore.Kept onDisk = store.load();
        this.storeProblems = onDisk.problems();
        this.kept = new LinkedHashMap<>();
        onDisk.units().forEach((unit, rows) -> {
            UnitState state = new UnitState(new RowOwner(name, unit));
            state.restore(rows);
            kept.put(unit, state);
        });
    }

    String name() {
        return name;
    }

    /** The feed of the plugin that contributes it now, or null. */
    @Nullable
    BoardFeed feed() {
        return feed;
    }

    /** A plugin's source begins: nothing is known of what it wants until its first scan. */
    void begin(BoardFeed given) {
        feed = given;
        scanned = false;
        unavailable = null;
    }

    /** It ended. What it wanted last is remembered, as versions to fall back to. */
    void end() {
        feed = null;
        scanned = false;
        unavailable = null;
        refused = List.of();
        refusedByTable = false;
        units.values().forEach(UnitState::forgetReading);
    }

    /** It said what it wants now. */
    void scan(Scan scan, BoardTables tables) {
        Map<String, UnitState> next = new LinkedHashMap<>();
        for (SourceUnit unit : scan.units()) {
            UnitState state = units.get(unit.name());
            state = state != null
                    ? state
                    : kept.getOrDefault(unit.name(), new UnitState(new RowOwner(name, unit.name())));
            if (unit.problems().isEmpty()) {
                state.read(unit.rows());
            } else {
                state.unreadable(unit.problems());
            }
            next.put(unit.name(), state);
        }
        kept.clear(); // what is in no unit any more is not wanted any more
        units = next;
        scanned = true;
        unavailable = null;
        evaluate(tables);
    }

    /** It cannot say what it wants now. */
    void unavailable(String reason, Instant now) {
        if (unavailable == null) {
            unavailableSince = now;
        }
        unavailable = reason;
    }

    /** The tables changed. */
    void evaluate(BoardTables tables) {
        if (speaks()) {
            units.values().forEach(unit -> unit.evaluate(tables));
        }
    }

    /** Keeps the last good versions over a restart. What fails is a problem of this source and nothing worse. */
    void keep() {
        storeProblems = store.save(units.values());
    }

    /** Whether it fed this home, now or before a restart. */
    boolean fed() {
        return store.exists();
    }

    /** Whether it says what it wants: rows of it that are in none of its units are to go. */
    boolean speaks() {
        return feed != null && scanned;
    }

    /** Whether all that it wants is known and written, so that tables count as initialized by it. */
    boolean complete() {
        return speaks()
                && unavailable == null
                && !refusedByTable
                && withoutVersion().isEmpty();
    }

    /** Names of the units that have no version that can be used. */
    List<String> withoutVersion() {
        return units.values().stream()
                .filter(UnitState::withoutVersion)
                .map(unit -> unit.owner().unit())
                .toList();
    }

    /** Names of the units whose newest version is refused, so that an earlier one is in force. */
    List<String> onEarlierVersion() {
        return units.values().stream()
                .filter(UnitState::onEarlierVersion)
                .map(unit -> unit.owner().unit())
                .toList();
    }

    /** Whether rows of that unit stay as they are, since it is not known what it wants. */
    boolean isFrozen(String unit) {
        UnitState state = units.get(unit);
        return feed != null && (!scanned || (state != null && state.withoutVersion()));
    }

    /** What it wants, in the order of the units. */
    List<Claim> claims() {
        return speaks()
                ? units.values().stream()
                        .flatMap(unit -> unit.claims().stream())
                        .toList()
                : List.of();
    }

    /** Rows that it wants and does not get, and whether the table refused one, not another owner. */
    void refused(List<Problem> rows, boolean byTable) {
        refused = rows;
        refusedByTable = byTable;
    }

    /** Whether there are rows that it wants and does not get. */
    boolean isRefusedAny() {
        return !refused.isEmpty();
    }

    /** All that is wrong with what it wants and with what was kept of it. */
    List<Problem> problems() {
        List<Problem> all = new ArrayList<>();
        if (speaks()) {
            units.values().forEach(unit -> all.addAll(unit.problems()));
            all.addAll(refused);
        }
        all.addAll(storeProblems);
        return all;
    }

    /** The tables that it waits for. */
    SortedSet<String> waiting() {
        SortedSet<String> tables = new TreeSet<>();
        if (speaks()) {
            units.values().forEach(unit -> tables.addAll(unit.waiting()));
        }
        return tables;
    }

    /** Where it names that table, in the order of the units. */
    List<Place> places(String table) {
        return units.values().stream()
                .flatMap(unit -> unit.places(table).stream())
                .toList();
    }

    /** Why it cannot say what it wants now, or null when it can. */
    @Nullable
    String unavailable() {
        return unavailable;
    }

    /** Since when it cannot, if it cannot. */
    Instant unavailableSince() {
        return unavailableSince;
    }

    /** The number of units of its last scan. */
    int unitCount() {
        return units.size();
    }
}
