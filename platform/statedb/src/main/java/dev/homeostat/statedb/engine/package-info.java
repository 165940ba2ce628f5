/**
 * The engine: tables, snapshots, write transactions and change iterators over the persistent trees.
 *
 * <pre>
 *  Root                 one immutable object behind one volatile field: the state of the world, and what a read transaction is
 *   └─ TableState       one per table: revision, number of rows, graveyard, initializers
 *       ├─ index 0      trie: primary key → row            (LongTrie, ByteTrie or BitTrie, as the index asks)
 *       ├─ index n      trie: secondary key → posting      (one row, or where keys repeat a trie: primary key → row)
 *       ├─ byRevision   vector: revision → row
 *       └─ Graveyard    trie: primary key → delete, vector: revision → delete
 * </pre>
 *
 * <p>All of them share the same row objects. Begin at {@link dev.homeostat.statedb.engine.Root}; how a new one comes about is told in
 * {@link dev.homeostat.statedb.engine.WriteTransaction}.
 */
package dev.homeostat.statedb.engine;
