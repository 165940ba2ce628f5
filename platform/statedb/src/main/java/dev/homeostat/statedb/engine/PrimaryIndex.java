package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The index whose leaves are the rows themselves. A row is found by another one with the same key. */
abstract sealed class PrimaryIndex<T> extends IndexTree<T> permits LongPrimary, BytePrimary {
    PrimaryIndex(String table, Index<T, ?> index) {
        super(table, index);
    }

    static <T> PrimaryIndex<T> of(TableSpec<T> spec) {
        LongIndex<T> numbers = LongQueries.numbers(spec.primary());
        return numbers == null ? new BytePrimary<>(spec, spec.primary()) : new LongPrimary<>(spec, numbers);
    }

    /** A version of a row, not yet stored; computes the key. */
    abstract StoredRow<T> row(T value, long revision);

    /** Something else under the key of that row: for the graveyard. */
    abstract <V> StoredRow<V> sameKey(StoredRow<?> row, V value, long revision);

    /** What is stored under the key of that row. */
    abstract @Nullable StoredRow<?> find(Watched root, StoredRow<?> row);

    /** Stores the row, in the place of one with the same key if there is one. */
    abstract Watched put(Watched root, StoredRow<?> row, Edit edit);

    /** Removes the row with the same key, which must be there. */
    abstract Watched remove(Watched root, StoredRow<?> row, Edit edit);

    /** All rows. */
    abstract Iterator<Row<T>> all(Watched root);
}
