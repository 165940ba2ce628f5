package dev.homeostat.host.source;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.source.DesiredRows;
import dev.homeostat.api.tree.DocumentException;
import dev.homeostat.api.tree.Place;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.RowOwner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Decodes one version of a unit for the tables that exist, and finds all that is wrong with it. Used once. */
final class UnitReader {
    private final RowOwner owner;
    private final BoardTables tables;
    private final Map<String, Map<Key, Claim>> seen = new HashMap<>();
    private final List<Claim> claims = new ArrayList<>();
    private final List<Problem> problems = new ArrayList<>();
    private final SortedMap<String, Set<Tree>> undecoded = new TreeMap<>();

    private UnitReader(RowOwner owner, BoardTables tables) {
        this.owner = owner;
        this.tables = tables;
    }

    static Reading read(RowOwner owner, List<DesiredRows> version, BoardTables tables) {
        UnitReader reader = new UnitReader(owner, tables);
        version.forEach(reader::section);
        return new Reading(reader.claims, reader.problems, reader.undecoded);
    }

    private void section(DesiredRows wanted) {
        BoardTable<?> table = tables.find(wanted.table());
        if (table != null) {
            wanted.rows().forEach(row -> row(table, row));
        } else if (tables.isClosed(wanted.table())) {
            problem(
                    wanted.place(),
                    "table \"" + wanted.table() + "\" accepts no rows from sources: its own plugin fills it; "
                            + (tables.names().isEmpty()
                                    ? "there is no table that does"
                                    : "those that do are " + String.join(", ", tables.names())));
        } else {
            undecoded.computeIfAbsent(wanted.table(), name -> new HashSet<>()).addAll(wanted.rows());
        }
    }

    private void row(BoardTable<?> table, Tree row) {
        Claim claim = claim(table, row);
        if (claim == null) {
            return;
        }
        Claim first =
                seen.computeIfAbsent(table.name(), name -> new HashMap<>()).putIfAbsent(claim.key(), claim);
        if (first == null) {
            claims.add(claim);
        } else {
            problem(
                    row.place(),
                    "table \"" + table.name() + "\": row " + table.formatKey(claim.key()) + " is there twice"
                            + (first.place().line() > 0
                                    ? ", first in line " + first.place().line()
                                    : ""));
        }
    }

    private @Nullable Claim claim(BoardTable<?> table, Tree row) {
        try {
            Object value = table.decode(row);
            return new Claim(owner, table.name(), table.key(value), value, row.place());
        } catch (DocumentException e) {
            e.problems().forEach(problem -> problem(problem.place(), problem.message()));
        } catch (RuntimeException | LinkageError | StackOverflowError e) { // the plugin's codec, or its key function
            problem(row.place(), "table \"" + table.name() + "\" refuses the row: " + Refusal.reason(e));
        }
        return null;
    }

    private void problem(Place place, String message) {
        problems.add(new Problem(place.origin().isEmpty() ? new Place(owner.unit(), place.line()) : place, message));
    }
}
