package dev.homeostat.api.reconcile;

/**
 * How far a reconciler has come.
 *
 * @param attempted the highest revision up to which every change has been attempted
 * @param lowestFailing the lowest revision of a row that still fails, or 0 when none does
 */
public record ReconciledUpTo(long attempted, long lowestFailing) {}
