package dev.homeostat.host.source;

import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.host.view.Nearest;
import dev.homeostat.host.view.RowOwner;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * One unit of a source: its newest version, and the good ones to fall back to. Guarded by the board's lock.
 *
 * <p>A version is good when it could be read and every row for a table that exists could be decoded. Rows for a table that does not exist yet cannot be
 * checked: such a version is in force and becomes the last good one, but the one before it is remembered in case that it turns out wrong.
 *
 * <p>One exception: a version that names a table which does not exist, and which the last good one did not name, must not take rows away. It is taken for a
 * slip of the pen, such as {@code table: filez}: the last good version stays in force until that table exists or the unit changes. Tables that are away, as in
 * a reload of their plugin, make no such version good: what it would take from them counts.
 */
final class UnitState {
    private final RowOwner owner;
    private @Nullable List<DesiredRows> newest;
    private List<Problem> unreadable = List.of();
    private List<Problem> rejection = List.of();
    private @Nullable List<DesiredRows> good;
    private @Nullable List<DesiredRows> checked;

    private @Nullable Reading inForce;
    private List<DesiredRows> versionInForce = List.of();
    private boolean earlierInForce;
    private List<Problem> problems = List.of();

    UnitState(RowOwner owner) {
        this.owner = owner;
    }

    RowOwner owner() {
        return owner;
    }

    /** The last good version, as it was kept over a restart. */
    void restore(List<DesiredRows> version) {
        good = version;
        checked = version;
    }

    /** The unit was read. */
    void read(List<DesiredRows> version) {
        if (!version.equals(newest)) {
            rejection = List.of();
        }
        newest = version;
        unreadable = List.of();
    }

    /** The unit could not be read. */
    void unreadable(List<Problem> why) {
        newest = null;
        unreadable = why;
    }

    /** Lets go of decoded rows, whose classes are a plugin's; the versions stay. */
    void forgetReading() {
        inForce = null;
        problems = List.of();
    }

    /** Decides which version is in force with the tables that exist now. */
    void evaluate(BoardTables tables) {
        problems = new ArrayList<>(unreadable);
        inForce = null;
        earlierInForce = false;
        if (newest != null) {
            Reading reading = UnitReader.read(owner, newest, tables);
            List<Problem> slips = reading.good() && rejection.isEmpty() ? slips(newest, reading, tables) : List.of();
            if (!slips.isEmpty()) {
                problems.addAll(slips);
                fallBack(tables);
                return;
            }
            if (reading.good() && (rejection.isEmpty() || reading.waiting().isEmpty())) {
                accept(newest, reading);
                return;
            }
            // A version that did not fit a table is not mended by the table's going away, as in a reload of its plugin.
            rejection = reading.good() ? rejection : reading.problems();
            problems.addAll(rejection);
        }
        fallBack(tables);
    }

    /** The places at which a version names a missing table that the last good one did not name, if it also takes rows away. */
    private List<Problem> slips(List<DesiredRows> version, Reading reading, BoardTables tables) {
        if (good == null || good.equals(version) || reading.waiting().isEmpty()) {
            return List.of();
        }
        Set<String> named = good.stream().map(DesiredRows::table).collect(Collectors.toSet());
        List<DesiredRows> unknown = version.stream()
                .filter(rows -> reading.waiting().contains(rows.table()) && !named.contains(rows.table()))
                .toList();
        if (unknown.isEmpty() || reading.covers(UnitReader.read(owner, good, tables))) {
            return List.of();
        }
        return unknown.stream()
                .map(rows -> new Problem(
                        place(rows),
                        "there is no table \"" + rows.table() + "\"; "
                                + Nearest.hint(rows.table(), tables.names())
                                + "the last good version stays in force until there is, since this one would"
                                + " remove rows"))
                .toList();
    }

    private Place place(DesiredRows rows) {
        return rows.place().origin().isEmpty()
                ? new Place(owner.unit(), rows.place().line())
                : rows.place();
    }

    private void accept(List<DesiredRows> version, Reading reading) {
        good = version;
        if (reading.waiting().isEmpty()) {
            checked = version;
        }
        inForce = reading;
        versionInForce = version;
        rejection = List.of();
    }

    private void fallBack(BoardTables tables) {
        if (Objects.equals(good, newest) && !Objects.equals(checked, newest)) {
            good = checked;
        }
        for (List<DesiredRows> version : earlier()) {
            Reading reading = UnitReader.read(owner, version, tables);
            if (reading.good()) {
                inForce = reading;
                versionInForce = version;
                earlierInForce = true;
                return;
            }
            Problem first = reading.problems().getFirst();
            problems.add(new Problem(first.place(), "the last good version does not fit any more: " + first.message()));
        }
    }

    private List<List<DesiredRows>> earlier() {
        List<List<DesiredRows>> versions = new ArrayList<>();
        if (good != null && !good.equals(newest)) {
            versions.add(good);
        }
        if (checked != null && !checked.equals(newest) && !checked.equals(good)) {
            versions.add(checked);
        }
        return versions;
    }

    /** What it wants, by the version in force; nothing when there is none. */
    List<Claim> claims() {
        return inForce == null ? List.of() : inForce.claims();
    }

    /** Whether no version of it can be used: then its rows stay as they are, and no table is initialized by its source. */
    boolean withoutVersion() {
        return inForce == null;
    }

    /** Whether an earlier version of it is in force, since the newest one is refused. */
    boolean onEarlierVersion() {
        return inForce != null && earlierInForce;
    }

    /** What is wrong with its newest version. */
    List<Problem> problems() {
        return problems;
    }

    /** The tables that the version in force waits for. */
    SortedSet<String> waiting() {
        return inForce == null ? new TreeSet<>() : inForce.waiting();
    }

    /** Where the version in force names that table. */
    List<Place> places(String table) {
        return inForce == null
                ? List.of()
                : versionInForce.stream()
                        .filter(rows -> rows.table().equals(table))
                        .map(this::place)
                        .toList();
    }

    /** What is to be kept over a restart, or null for nothing. */
    @Nullable
    List<DesiredRows> good() {
        return good;
    }
}
