/**
 * Persistent trees: the old one stays what it was, the new one shares with it all that did not change.
 *
 * <h2>The shapes</h2>
 *
 * <pre>
 *  LongTrie         64-bit numbers, six bits a level     64 children a node; the keys are never boxed
 *  ByteTrie         byte strings, one byte a level       256 children a node, and a leaf whose key ends at it
 *  BitTrie          prefixes of bits, one bit a level    two children a node, and a leaf; finds the longest match
 *  RevisionVector   revisions, which only grow           dense blocks of 64, the newest one beside the tree
 * </pre>
 *
 * The tries leave out the levels at which all keys agree, so that a node says at which depth it decides. A byte trie with the keys {@code store},
 * {@code web} and {@code west}:
 *
 * <pre>
 *  node, depth 0 ─┬─ s ──► leaf store
 *                 └─ w ──► node, depth 2 ─┬─ b ──► leaf web
 *                          ("we…")        └─ s ──► leaf west
 * </pre>
 *
 * No node stores the piece of key that leads to it: it knows the key of some leaf that is or was below, and the leaf knows its whole key. So a look-up goes
 * down by single digits and compares once, at the end. A node with few children keeps them side by side and finds one by counting bits in a bitmap; one
 * with many has a place for each, and is indexed directly. Either way its children are in the order of their keys, and so is every iteration.
 *
 * <p>The root always exists and covers every key, so that an empty tree can be watched too. Leaves are made by the engine: rows, postings, deletes.
 *
 * <h2>How they change</h2>
 *
 * All changes go through an {@link dev.homeostat.statedb.tree.Edit}, which is the right of one writer to some nodes and the list of those that it replaced:
 *
 * <ul>
 *   <li>Every node carries the number of the edit that made it. If it is this one's, nobody else has seen the node, and it is changed in place. Else it is
 *       copied, the copy gets this edit's number, and the original is noted.
 *   <li>If a node has the edit's number, so have all nodes above it: copying begins at the top.
 *   <li>{@link dev.homeostat.statedb.tree.Edit#freeze} takes a new number, and with it all rights away: so a transaction shows its own unfinished state to
 *       a reader and writes on.
 *   <li>The originals are closed when the new tree is visible, and not before: {@link dev.homeostat.statedb.watch.Watched} tells why.
 * </ul>
 *
 * <p>The note that is easy to forget: where a new key parts from a path in the middle of what was left out, a fork comes above a node whose content does
 * not change at all. That node is copied and noted all the same, since a watch on a prefix that ends inside that stretch sits in it.
 *
 * <h2>Reading</h2>
 *
 * Cursors ({@link dev.homeostat.statedb.tree.ByteCursor}, {@link dev.homeostat.statedb.tree.LongCursor}, {@link dev.homeostat.statedb.tree.BitCursor},
 * {@link dev.homeostat.statedb.tree.RevisionCursor}) walk a tree with a stack of their own; nothing here recurses over a key, which may be as long as it
 * likes. A published tree needs no lock and no fence to be read: it was complete before the root that leads to it was stored.
 *
 * <p>Sources: D. R. Morrison's Patricia (1968) for leaving out levels; V. Leis, A. Kemper and T. Neumann, <cite>The adaptive radix tree</cite> (2013), for
 * nodes that change their form with the number of their children; P. Bagwell's bitmaps and population counts (<cite>Ideal hash trees</cite>, 2001);
 * transients as in Clojure for the ownership by number.
 */
package dev.homeostat.statedb.tree;
