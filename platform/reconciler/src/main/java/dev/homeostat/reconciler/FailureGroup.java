package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.ReconcilerHealth;

/**
 * Rows, or undone deletes, that fail with the same error and for which the same comes next: all are retried, or all failed for good, or all are blocked.
 *
 * @param error what their last attempts said, with {@code {key}} in the place of the row's own key: the text of the key where no letter or digit adjoins it
 * @param count how many they are, at least 1
 * @param oldest the one of them that began to fail first; by it one can tell whether they are updates or deletes, and what comes next
 */
public record FailureGroup(String error, long count, ReconcilerHealth.Failing oldest) {}
