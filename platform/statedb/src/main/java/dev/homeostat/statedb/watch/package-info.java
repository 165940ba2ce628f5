/**
 * One-shot tokens, and the one field by which a node of a tree carries one.
 *
 * <p>A {@link dev.homeostat.statedb.watch.Watched} node points to its {@link dev.homeostat.statedb.watch.WatchToken}, never back: holding a watch keeps no
 * tree alive.
 */
package dev.homeostat.statedb.watch;
