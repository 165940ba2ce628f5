package dev.homeostat.api.source;

import dev.homeostat.api.tree.Problem;
import java.util.List;

/**
 * What came of one scan.
 *
 * @param written the number of rows that were stored
 * @param deleted the number of rows that were deleted
 * @param problems what is wrong with units, each with its place
 * @param waiting names of tables that units ask for and that do not exist yet
 */
public record ScanReport(int written, int deleted, List<Problem> problems, List<String> waiting) {
    public ScanReport {
        problems = List.copyOf(problems);
        waiting = List.copyOf(waiting);
    }
}
