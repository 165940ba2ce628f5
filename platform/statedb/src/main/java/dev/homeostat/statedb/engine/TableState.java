package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.statedb.tree.RevisionVector;
import dev.homeostat.statedb.watch.Watched;

/**
 * One table in one snapshot. Immutable.
 *
 * @param trees the roots of the indexes, the primary one first; the array is never changed
 * @param revision the revision of the last change
 * @param byRevision the rows by their revisions; watched by those who watch the whole table
 */
@SuppressWarnings("ArrayRecordComponent") // identity is all that is compared
record TableState<T>(
        StoredTable<T> table,
        Watched[] trees,
        long revision,
        RevisionVector byRevision,
        Graveyard<T> graveyard,
        Conditions conditions) {

    /** An empty table whose next revision is above the given one. */
    static <T> TableState<T> empty(StoredTable<T> table, long revision, Conditions conditions) {
        Watched[] trees = new Watched[table.indexes().length];
        for (int i = 0; i < trees.length; i++) {
            trees[i] = table.indexes()[i].empty(0);
        }
        return new TableState<>(
                table, trees, revision, RevisionVector.empty(0), Graveyard.empty(table.primary()), conditions);
    }

    /** The same rows, with another revision and other initializers. */
    TableState<T> with(long otherRevision, Conditions otherConditions) {
        return new TableState<>(table, trees, otherRevision, byRevision, graveyard, otherConditions);
    }

    /** The number of rows. */
    long count() {
        return byRevision.count();
    }

    /** The state of the same table in a snapshot. */
    static <T> TableState<T> of(StoredTable<T> table, ReadTxn txn) {
        return switch (txn) {
            case Root root -> root.state(table);
            case WriteTransaction writing -> writing.state(table);
            default -> throw table.foreign(txn);
        };
    }

    /** Closes every watch on the table, which is gone. */
    void closeAll() {
        for (int i = 0; i < trees.length; i++) {
            table.indexes()[i].closeAll(trees[i]);
        }
        byRevision.close();
        conditions.close();
    }
}
