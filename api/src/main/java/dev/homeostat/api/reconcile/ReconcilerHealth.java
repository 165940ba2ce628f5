package dev.homeostat.api.reconcile;

import java.util.List;

/**
 * How a reconciler goes.
 *
 * @param ok whether nothing fails
 * @param message one line for a person, such as {@code OK, 12 object(s)} or {@code 3 of 12 object(s) fail}
 * @param objects the number of rows and undone deletes
 * @param failing the number of them whose last attempt failed
 * @param failures up to ten of those
 * @param problems what fails besides single rows: a prune that failed or is held, an operation that hangs
 */
public record ReconcilerHealth(
        boolean ok, String message, long objects, long failing, List<Failing> failures, List<String> problems) {
    public ReconcilerHealth {
        failures = List.copyOf(failures);
        problems = List.copyOf(problems);
    }

    /** A failing row or delete: its key as text, and its status. */
    public record Failing(String key, boolean delete, Status status) {}
}
