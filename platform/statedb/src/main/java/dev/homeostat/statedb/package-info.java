/**
 * The state database: an in-memory, indexed, watchable, multi-version store of tables.
 *
 * <p>{@link dev.homeostat.statedb.StateDatabase} makes one; everything else is said through the interfaces of {@code dev.homeostat.api.db}.
 *
 * <pre>
 *  root ─────► tables ─────► indexes ─────► nodes ─────► rows
 *  immutable,  revision,     tries by       hold the     one object a version,
 *  behind one  graveyard,    key, a vector  watches      shared by all indexes
 *  field       initializers  by revision
 * </pre>
 *
 * <p>A snapshot is the root itself. A write transaction copies the nodes on the way to what it changes, publishes a new root, and then closes the watches of
 * the nodes that it replaced.
 */
package dev.homeostat.statedb;
