/**
 * The state database as its users see it: tables of immutable rows, indexes and queries, snapshots, write transactions, watches and change iterators.
 *
 * <p>Begin at {@link dev.homeostat.api.db.Database} (a plugin is given one, an embedder makes one with {@code StateDatabase.create()} of the module {@code
 * dev.homeostat.statedb}); a table is described by a {@link dev.homeostat.api.db.TableSpec}, searched by the
 * {@link dev.homeostat.api.db.Query queries} that its {@link dev.homeostat.api.db.Index indexes} make, and followed by
 * {@link dev.homeostat.api.db.Watch} and {@link dev.homeostat.api.db.ChangeIterator}.
 */
package dev.homeostat.api.db;
