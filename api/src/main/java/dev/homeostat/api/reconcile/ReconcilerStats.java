package dev.homeostat.api.reconcile;

/**
 * Counts since the start of a reconciler.
 *
 * @param updates the updates that ended, failed ones and refreshes included
 * @param deletes the deletes that ended, failed ones included
 * @param refreshes the updates that were refreshes
 * @param retries the operations that were retries
 * @param errors the operations that failed
 * @param prunes the prunes that ended, failed and held ones included
 * @param pruned the removals that prunes did
 * @param pruneErrors the prunes that failed, and the removals that failed
 * @param queued rows and deletes that wait for an operation now, retries included
 * @param running operations that run now
 */
public record ReconcilerStats(
        long updates,
        long deletes,
        long refreshes,
        long retries,
        long errors,
        long prunes,
        long pruned,
        long pruneErrors,
        long queued,
        long running) {}
