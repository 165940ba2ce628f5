package dev.homeostat.api.reconcile;

import java.time.Instant;
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

    /**
     * A failing row or delete.
     *
     * @param key as text
     * @param delete whether it is an undone delete
     * @param status what its last attempt came to
     * @param since when the first of the attempts failed that have failed one after the other at this generation; of those before a restart of the reconciler, the last
     */
    public record Failing(String key, boolean delete, Status status, Instant since) {
        /** One that has failed once. */
        public Failing(String key, boolean delete, Status status) {
            this(key, delete, status, status.updatedAt());
        }
    }
}
