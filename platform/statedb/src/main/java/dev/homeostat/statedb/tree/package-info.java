/**
 * Persistent structures that share all that did not change: a trie over byte strings, a trie over bit prefixes, a trie over 64-bit
 * numbers, and a vector over revisions.
 *
 * <p>All of them are changed through an {@link dev.homeostat.statedb.tree.Edit}: what was made by the same edit is changed in place, everything else is copied, and what was
 * copied is remembered, because its watches must close when the result is published.
 */
package dev.homeostat.statedb.tree;
