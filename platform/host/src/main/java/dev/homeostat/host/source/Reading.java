package dev.homeostat.host.source;

import dev.homeostat.api.tree.Problem;
import java.util.List;
import java.util.SortedSet;

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
}
