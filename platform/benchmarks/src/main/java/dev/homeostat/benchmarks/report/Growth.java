package dev.homeostat.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * How the cost grows with one quantity.
 *
 * @param name the name of its chart's file
 * @param title what is asked
 * @param type the class of its benchmarks
 * @param quantity what grows
 * @param values the values that were measured, ascending
 * @param unit what the time is for
 * @param lines what was measured, by the name of the workload
 */
record Growth(
        String name,
        String title,
        String type,
        String quantity,
        List<Integer> values,
        String unit,
        Map<String, String> lines) {

    /** All that are charted. */
    static final List<Growth> ALL = List.of(
            new Growth(
                    "rows",
                    "Cost of a row as the table grows",
                    "growth.RowGrowthBenchmark",
                    "rows in the table",
                    List.of(1000, 10_000, 100_000, 1_000_000),
                    "ns a row",
                    ordered(
                            "growth_rows_replace", "replace at random, 1000 a transaction",
                            "growth_rows_lookup", "look up at random",
                            "growth_rows_iterate", "iterate in order")),
            new Growth(
                    "tables",
                    "Cost of a transaction as tables are added",
                    "growth.TableGrowthBenchmark",
                    "tables in the database",
                    List.of(1, 10, 100),
                    "ns a transaction",
                    ordered(
                            "growth_tables_all", "one insert into every table",
                            "growth_tables_one", "one insert into one table")),
            new Growth(
                    "watches",
                    "Cost of a commit as watches are opened",
                    "growth.WatchGrowthBenchmark",
                    "open watches, in a table of 100 000 rows",
                    List.of(0, 100, 1000, 10_000, 100_000),
                    "ns a transaction",
                    ordered(
                            "growth_watches_closing", "a watched row changes, is watched anew",
                            "growth_watches_others", "a row changes that nobody watches")),
            new Growth(
                    "iterators",
                    "Cost of a change as change iterators are opened",
                    "growth.IteratorGrowthBenchmark",
                    "open change iterators",
                    List.of(1, 2, 4, 8, 16),
                    "ns a row",
                    ordered(
                            "growth_iterators_observe", "insert, all observe, delete, all observe",
                            "growth_iterators_write", "insert, nobody looks")),
            new Growth(
                    "indexes",
                    "Cost of a row as indexes are added",
                    "growth.IndexGrowthBenchmark",
                    "indexes of the table",
                    List.of(1, 2, 4, 8),
                    "ns a row",
                    ordered(
                            "growth_indexes_replace", "replace 1000 rows",
                            "growth_indexes_insert", "insert 1000 rows")));

    /** The measurement of a workload at a value. */
    Optional<Measurement> at(Results results, String workload, int value) {
        return results.of(type, workload, Integer.toString(value));
    }

    private static Map<String, String> ordered(String... namesAndLabels) {
        Map<String, String> lines = new LinkedHashMap<>();
        for (int i = 0; i < namesAndLabels.length; i += 2) {
            lines.put(namesAndLabels[i], namesAndLabels[i + 1]);
        }
        return lines;
    }
}
