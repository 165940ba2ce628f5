/**
 * One-shot tokens, and the one field by which a node of a tree carries one.
 *
 * <pre>
 *   the trees                                 who waits
 *
 *   Watched      ──── token ────►  WatchToken  ◄────  a thread in await
 *   node, row,                     closed?     ◄────  a listener, a WatchSet, a CompletionStage
 *   posting, vector                listeners
 *                                      ▲
 *                                      └────────────  EitherWatch: this one, or the abort of a write transaction
 * </pre>
 *
 * The arrow from the tree to the token has no way back: who holds a watch keeps no node, no row and no snapshot alive. And a node that nobody watches has
 * no token: a watch costs where it is used.
 *
 * <p>When a watch closes, who wakes whom, and why nothing is missed in between is told in {@link dev.homeostat.statedb.watch.Watched}; how listeners come
 * and go in {@link dev.homeostat.statedb.watch.WatchToken}.
 */
package dev.homeostat.statedb.watch;
