package dev.homeostat.api.source;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * All that a source wants at one moment.
 *
 * @param units with different names; when two of them claim one row, the one that has it keeps it, or else the earlier one
 */
public record Scan(List<SourceUnit> units) {
    public Scan {
        units = List.copyOf(units);
        Set<String> names = new HashSet<>();
        for (SourceUnit unit : units) {
            if (!names.add(unit.name())) {
                throw new IllegalArgumentException("unit \"" + unit.name() + "\" is there twice in one scan");
            }
        }
    }
}
