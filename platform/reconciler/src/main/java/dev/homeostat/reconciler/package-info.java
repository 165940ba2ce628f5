/**
 * The reconciler's runtime. Begin at {@link dev.homeostat.reconciler.Reconcilers}, which starts one; what it does is told by {@code EventLoop} (who may
 * touch what, and when) and {@code Core} (what happens in one turn).
 */
package dev.homeostat.reconciler;
