package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.tree.LongCursor;
import dev.homeostat.statedb.tree.LongNode;
import dev.homeostat.statedb.tree.LongTrie;
import dev.homeostat.statedb.watch.Watched;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A primary index on numbers. */
@SuppressWarnings("unchecked") // the tree holds rows of this table only
final class LongPrimary<T> extends PrimaryIndex<T> {
    private final LongIndex<T> keys;
    private final IndexFault fault;

    LongPrimary(TableSpec<T> spec, LongIndex<T> index) {
        super(spec.name(), index);
        this.keys = index;
        this.fault = new IndexFault(spec, index);
    }

    @Override
    Watched empty(long owner) {
        return LongTrie.empty(owner);
    }

    @Override
    StoredRow<T> row(T value, long revision) {
        return new LongRow<>(LongTrie.ordered(number(value)), value, revision);
    }

    @Override
    <V> StoredRow<V> sameKey(StoredRow<?> row, V value, long revision) {
        return new LongRow<>(key(row), value, revision);
    }

    @Override
    @Nullable
    StoredRow<?> find(Watched root, StoredRow<?> row) {
        return (LongRow<?>) LongTrie.find((LongNode) root, key(row));
    }

    @Override
    Watched put(Watched root, StoredRow<?> row, Edit edit) {
        return LongTrie.put((LongNode) root, (LongRow<?>) row, edit);
    }

    @Override
    Watched remove(Watched root, StoredRow<?> row, Edit edit) {
        return LongTrie.remove((LongNode) root, key(row), edit);
    }

    @Override
    @Nullable
    Row<T> get(Watched root, Query<T> query) {
        return (LongRow<T>) LongTrie.find((LongNode) root, LongTrie.ordered(query.longFrom()));
    }

    @Override
    Iterator<Row<T>> all(Watched root) {
        return new LongRows<>(LongCursor.all((LongNode) root));
    }

    @Override
    Iterator<Row<T>> rows(Watched root, Query<T> query) {
        return new LongRows<>(LongQueries.cursor((LongNode) root, query));
    }

    @Override
    @Nullable
    Watched watched(Watched root, Query<T> query) {
        return LongQueries.watched((LongNode) root, query);
    }

    @Override
    void closeAll(Watched root) {
        LongTrie.closeAll((LongNode) root);
    }

    private long number(T value) {
        try {
            return keys.key(value);
        } catch (Throwable t) { // whatever the row type's function throws
            throw fault.of(t);
        }
    }

    private static long key(StoredRow<?> row) {
        return ((LongRow<?>) row).orderedKey();
    }
}
