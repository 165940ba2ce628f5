package dev.homeostat.host.source;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.tree.Problem;
import java.util.List;
import java.util.Set;
import java.util.SortedSet;
import java.util.stream.Collectors;

/**
 * One version of a unit, decoded for the tables that exist.
 *
 * @param claims the rows that it wants in tables that exist
 * @param problems why it cannot be used; empty when it can
 * @param waiting tables that it names and that do not exist
 */
record Reading(List<Claim> claims, List<Problem> problems, SortedSet<String> waiting) {
    boolean good() {
        return problems.isEmpty();
    }

    /** Whether it wants every row, whatever its value, that the other one wants. */
    boolean covers(Reading other) {
        Set<RowName> rows = claims.stream().map(RowName::of).collect(Collectors.toSet());
        return other.claims.stream().map(RowName::of).allMatch(rows::contains);
    }

    private record RowName(String table, Key key) {
        static RowName of(Claim claim) {
            return new RowName(claim.table(), claim.key());
        }
    }
}
