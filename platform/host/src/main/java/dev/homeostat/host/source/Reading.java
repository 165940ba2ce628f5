package dev.homeostat.host.source;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.tree.Problem;
import dev.homeostat.api.tree.Tree;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * One version of a unit, decoded for the tables that exist.
 *
 * @param claims the rows that it wants in tables that exist
 * @param problems why it cannot be used; empty when it can
 * @param undecoded the rows that it wants in tables that do not exist, by table
 */
record Reading(List<Claim> claims, List<Problem> problems, SortedMap<String, Set<Tree>> undecoded) {
    boolean good() {
        return problems.isEmpty();
    }

    /** The tables that it names and that do not exist. */
    SortedSet<String> waiting() {
        return new TreeSet<>(undecoded.keySet());
    }

    /**
     * Whether it surely wants every row, whatever its value, that the other one wants. The key of a row is not known while its table does not exist: there, only
     * the very same row counts.
     */
    boolean covers(Reading other) {
        Set<RowName> rows = claims.stream().map(RowName::of).collect(Collectors.toSet());
        return other.claims.stream().map(RowName::of).allMatch(rows::contains)
                && other.undecoded.entrySet().stream()
                        .allMatch(wanted -> undecoded
                                .getOrDefault(wanted.getKey(), Set.of())
                                .containsAll(wanted.getValue()));
    }

    private record RowName(String table, Key key) {
        static RowName of(Claim claim) {
            return new RowName(claim.table(), claim.key());
        }
    }
}
