package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.watch.Watched;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * How one index of one table is kept and searched. Holds no rows itself: every method is given the root of the tree that it works on, so that one object
 * serves all snapshots.
 */
abstract sealed class IndexTree<T> permits PrimaryIndex, SecondaryIndex {
    final String table;
    final Index<T, ?> index;

    IndexTree(String table, Index<T, ?> index) {
        this.table = table;
        this.index = index;
    }

    /** The root of an empty tree. */
    abstract Watched empty(long owner);

    /** The first row that a {@linkplain Query#isOfOneKey query for one key} finds. */
    abstract @Nullable Row<T> get(Watched root, Query<T> query);

    /** All rows that the query finds, in (key, primary key) order. */
    abstract Iterator<Row<T>> rows(Watched root, Query<T> query);

    /** The part of the tree that changes when the answer does; null for the whole table. */
    abstract @Nullable Watched watched(Watched root, Query<T> query);

    /** Marks all parts of the tree as replaced: the table is gone. */
    abstract void closeAll(Watched root);
}
