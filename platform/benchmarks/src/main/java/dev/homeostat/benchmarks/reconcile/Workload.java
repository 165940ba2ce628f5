package dev.homeostat.benchmarks.reconcile;

import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Status;
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
        boolean tagged = is("tags", "none", index);
        return is("row", "beside", status)
                ? inTheRow(tagged ? StatusItem.BY_ID_AND_TAG : StatusItem.BY_ID, operations(operations))
                : beside(tagged ? Item.BY_ID_AND_TAG : Item.BY_ID, operations(operations));
    }

    /** These operations, with statuses beside the rows. */
    static Workload<Item> beside(TableSpec<Item> table, Operations<Item> operations) {
        return new Workload<>(
                table,
                id -> new Item(id, TAGS),
                (reconcilers, on, options) -> reconcilers.start("bench", on, operations, options));
    }

    private static Workload<StatusItem> inTheRow(TableSpec<StatusItem> table, Operations<StatusItem> operations) {
        return new Workload<>(
                table,
                id -> new StatusItem(id, TAGS, Status.pending()),
                (reconcilers, on, options) ->
                        reconcilers.start("bench", on, StatusItem.STATUS.slot(), operations, options));
    }

    private static <T> Operations<T> operations(String kind) {
        return is("batch", "single", kind) ? new NoBatchOperations<>() : new NoOperations<>();
    }

    private static boolean is(String name, String other, String value) {
        if (!value.equals(name) && !value.equals(other)) {
            throw new IllegalArgumentException(value + " is neither " + name + " nor " + other);
        }
        return value.equals(name);
    }
}
