package dev.homeostat.api.reconcile;

import java.util.List;

/**
 * How a wait for reconciliation ended.
 *
 * @param reconciled whether all that was waited for is done
 * @param failed what ended in a permanent failure: key and reason, as text
 * @param stopped why the wait was given up, such as {@code files/files was stopped}; empty when it was not
 */
public record WaitResult(boolean reconciled, List<Failure> failed, String stopped) {
    public WaitResult {
        failed = List.copyOf(failed);
    }

    /** A row that failed, and why. */
    public record Failure(String key, String reason) {}
}
