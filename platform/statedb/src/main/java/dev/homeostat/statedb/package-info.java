/**
 * The state database: an in-memory, indexed, watchable, multi-version store of tables.
 *
 * <p>{@link dev.homeostat.statedb.StateDatabase} makes one; everything else is said through the interfaces of {@code dev.homeostat.api.db}. This page is
 * the way in for who wants to know how it works.
 *
 * <h2>The one idea</h2>
 *
 * Nothing that a reader may see is ever changed. The state of the world is one immutable object, the <em>root</em>, behind one volatile field. From it
 * everything is reached:
 *
 * <pre>
 *  the field ──► root ─────────► tables ───────► indexes ──────► nodes ─────────► rows
 *  swapped by    all tables at   revision,       tries by key,   a path from      value, revision and
 *  a commit,     one moment:     initializers,   a vector by     the top to       key: one object a
 *  read by       this is a       graveyard,      revision        each row         version, which all
 *  everybody     snapshot        trees                                            indexes share
 *                                                    ▲               ▲               ▲
 *                                                    │               │               │
 *                            watches sit here:   the table       what is below    that one key
 * </pre>
 *
 * To take a snapshot is to read the field. It costs nothing, blocks nobody, and stays true for as long as it is held.
 *
 * <p>To write is to make another root beside the old one. To replace one row of a million, a writer copies the few nodes on the way from the top of each
 * index to that row, and puts the new row at the end of the copied path; the two roots share everything else. The next row of the same transaction finds
 * most of its path copied already, and changes the copies in place, for nobody else has seen them.
 *
 * <pre>
 *    old root          new root
 *        │                 │
 *        a ··············► a'     copied        before the commit   readers have the old root
 *       ╱ ╲               ╱ ╲                   the commit          the field is swapped
 *      b   c ··········► b   c'   b is shared   after it            a, c and e, which were replaced, are closed:
 *         ╱ ╲               ╱ ╲                                     whoever watched them is woken
 *        d   e ·········►  d   e' d is shared
 * </pre>
 *
 * <p>The second half of the idea is that this is also a notification. The nodes that a commit replaced are those below which something changed. So a watch
 * is a token in a node, and a commit that closes the nodes that it replaced wakes those, and hardly any others, who asked for something below.
 *
 * <h2>Where to read on</h2>
 *
 * <table>
 * <caption>The chapters</caption>
 * <tr><th>question</th><th>where</th></tr>
 * <tr><td>What are the parts of the state, and which class is which?</td><td>package {@code dev.homeostat.statedb.engine}</td></tr>
 * <tr><td>How does a transaction begin, commit, abort?</td><td>{@code engine.WriteTransaction}, the essay on the commit</td></tr>
 * <tr><td>When does my watch close, and who wakes me?</td><td>{@link dev.homeostat.statedb.watch.Watched}, the essay on watches</td></tr>
 * <tr><td>How are the trees built, and what may be changed in place?</td><td>package {@code dev.homeostat.statedb.tree}</td></tr>
 * <tr><td>Which lock guards what, and in which order are they taken?</td><td>{@code docs/concurrency.md}</td></tr>
 * <tr><td>How do I use it?</td><td>{@code docs/embedding.md}</td></tr>
 * </table>
 */
package dev.homeostat.statedb;
