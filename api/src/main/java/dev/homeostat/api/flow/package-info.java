/**
 * What follows tables by itself: {@link dev.homeostat.api.flow.ChangePublisher} tells their changes to reactive streams, {@link
 * dev.homeostat.api.flow.Derivation} keeps one table computed from another. Both are built on {@link dev.homeostat.api.db.Table#changes()} alone, and both are
 * given the threads that they work on.
 */
package dev.homeostat.api.flow;
