package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.benchmarks.Item;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.reconciler.RunningReconciler;
import java.util.Set;
import java.util.function.LongFunction;

/**
 * What is reconciled, and how.
 *
 * @param table makes the table
 * @param row makes the row with that number, as a user desires it
 * @param starter starts the reconciler
 */
record Workload<T>(TableSpec<T> table, LongFunction<T> row, Starter<T> starter) {
    private static final Set<String> TAGS = Set.of("tag");

    /** Starts a reconciler on a table. */
    interface Starter<T> {
        RunningReconciler<T> start(Reconcilers reconcilers, RWTable<T> table, Options options);
    }

    /** Operations that do nothing, in the way that the benchmark's parameters say. */
    static Workload<?> of(String status, String operations, String index) {
        TableSpec<Item> table = switch (index) {
            case "none" -> Item.BY_ID;
            case "tags" -> Item.BY_ID_AND_TAG;
            default -> throw new IllegalArgumentException("index: " + index);
        };
        return beside(table, new NoOperations<>());
    }

    /** These operations, with statuses beside the rows. */
    static Workload<Item> beside(TableSpec<Item> table, Operations<Item> operations) {
        return new Workload<>(
                table,
                id -> new Item(id, TAGS),
                (reconcilers, on, options) -> reconcilers.start("bench", on, operations, options));
    }
}
