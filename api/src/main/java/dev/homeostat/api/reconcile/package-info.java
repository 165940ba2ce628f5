/**
 * The reconciler as its users see it: what a plugin author writes ({@link dev.homeostat.api.reconcile.Operations}), what it may answer
 * ({@link dev.homeostat.api.reconcile.Outcome}), how it is tuned ({@link dev.homeostat.api.reconcile.Options}) and what one can ask it
 * ({@link dev.homeostat.api.reconcile.Reconciler}).
 */
package dev.homeostat.api.reconcile;
