/**
 * The engine: tables, snapshots, write transactions and change iterators over the persistent trees.
 *
 * <h2>What is stored</h2>
 *
 * <pre>
 *  MemoryDatabase          the field that holds the newest Root, and the short lock under which it is swapped
 *   └─ Root                all tables at one moment; is itself the read transaction
 *       └─ TableState      one per table: revision, initializers, and
 *           ├─ trees[0]    primary index:   key → row            a trie: LongTrie, ByteTrie or BitTrie, as the index asks
 *           ├─ trees[n]    secondary index: key → Posting        a trie; a posting holds one row, or a trie: primary key → row
 *           ├─ byRevision  revision → row                        a vector, in the order of the changes
 *           └─ Graveyard   primary key → delete, revision → delete
 * </pre>
 *
 * A {@link dev.homeostat.statedb.engine.StoredRow} is made once for each version of a row, and shared by all of these: what {@code get} returns is the leaf
 * of the tree. Since each version takes a new revision, {@code byRevision} holds each row once, at the revision of its last change: reading it from some
 * revision on is all that following a table takes, and deletes come from the graveyard, which is a table of its own kind.
 *
 * <h2>Who is who</h2>
 *
 * A thing that lasts, and what it is at one moment, are two objects:
 *
 * <pre>
 *  lasts                       at one moment               while it is being changed
 *  MemoryDatabase              Root                        WriteTransaction
 *  StoredTable                 TableState                  TableWriter
 *  PrimaryIndex, Secondary…    a root of a trie            the same with an Edit
 *  ChangeFollower, its         ChangeSequence, up to
 *    ChangeTracker               one snapshot
 * </pre>
 *
 * The left ones hold no rows, and may be kept for ever; the middle ones are immutable, and keep what they show alive; the right ones belong to one thread,
 * and are gone with the commit. A reader goes from a {@link dev.homeostat.statedb.engine.StoredTable} with a snapshot to its
 * {@link dev.homeostat.statedb.engine.TableState}, and from there with an {@link dev.homeostat.statedb.engine.IndexTree} into a tree.
 *
 * <h2>What a write does</h2>
 *
 * <pre>
 *  insert(txn, value)
 *    1  key functions run, keys are encoded          ┐
 *    2  unique secondary keys are looked up          ├ may fail: nothing was changed yet
 *    3  the primary tree gets the row                ┐
 *    4  each secondary tree loses and gets postings  ├ may not fail
 *    5  byRevision loses the old row, gets the new   │
 *    6  a delete of that key leaves the graveyard    ┘
 *  commit(): see WriteTransaction
 * </pre>
 *
 * That order is why a write that throws leaves no trace, and why all functions of users (keys, comparisons, merges) are called before anything is touched.
 * What became of a replaced row is noted in the {@link dev.homeostat.statedb.tree.Edit}, and closed after the commit.
 *
 * <h2>What is cleaned up, and when</h2>
 *
 * A deleted row waits in the {@link dev.homeostat.statedb.engine.Graveyard} until every {@link dev.homeostat.statedb.engine.ChangeTracker} is past it; a
 * commit sweeps by the way, and where none comes, the {@link dev.homeostat.statedb.engine.Collector} makes one. Old versions of rows and nodes need nobody:
 * when the last snapshot that shows them is gone, they are garbage. Transactions that were forgotten are found by
 * {@link dev.homeostat.statedb.engine.DroppedTransactions}.
 *
 * <p>Begin at {@link dev.homeostat.statedb.engine.Root}; how a new one comes about is told in {@link dev.homeostat.statedb.engine.WriteTransaction}, and
 * what a watch is in {@link dev.homeostat.statedb.watch.Watched}.
 */
package dev.homeostat.statedb.engine;
