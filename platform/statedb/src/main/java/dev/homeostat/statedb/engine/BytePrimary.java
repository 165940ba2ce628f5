package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.tree.ByteCursor;
import dev.homeostat.statedb.tree.ByteNode;
import dev.homeostat.statedb.tree.ByteTrie;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A primary index on bytes. */
@SuppressWarnings("unchecked") // the tree holds rows of this table only
final class BytePrimary<T> extends PrimaryIndex<T> {
    private final ByteKeys<T, ?> keys;

    BytePrimary(TableSpec<T> spec, Index<T, ?> index) {
        super(spec.name(), index);
        this.keys = new ByteKeys<>(index, new IndexFault(spec, index));
    }

    @Override
    Watched empty(long owner) {
        return ByteTrie.empty(owner);
    }

    @Override
    StoredRow<T> row(T value, long revision) {
        return new ByteRow<>(keys.only(value), value, revision);
    }

    @Override
    <V> StoredRow<V> sameKey(StoredRow<?> row, V value, long revision) {
        return new ByteRow<>(key(row), value, revision);
    }

    @Override
    @Nullable
    StoredRow<?> find(Watched root, StoredRow<?> row) {
        return (ByteRow<?>) ByteTrie.find((ByteNode) root, key(row));
    }

    @Override
    Watched put(Watched root, StoredRow<?> row, Edit edit) {
        return ByteTrie.put((ByteNode) root, (ByteRow<?>) row, edit);
    }

    @Override
    Watched remove(Watched root, StoredRow<?> row, Edit edit) {
        return ByteTrie.remove((ByteNode) root, key(row), edit);
    }

    @Override
    @Nullable
    Row<T> get(Watched root, Query<T> query) {
        return (ByteRow<T>) ByteQueries.find((ByteNode) root, query);
    }

    @Override
    Iterator<Row<T>> all(Watched root) {
        return new ByteRows<>(ByteCursor.all((ByteNode) root));
    }

    @Override
    Iterator<Row<T>> rows(Watched root, Query<T> query) {
        return new ByteRows<>(ByteQueries.cursor((ByteNode) root, query));
    }

    @Override
    @Nullable
    Watched watched(Watched root, Query<T> query) {
        return ByteQueries.watched((ByteNode) root, query);
    }

    @Override
    void closeAll(Watched root) {
        ByteTrie.closeAll((ByteNode) root);
    }

    private static byte[] key(StoredRow<?> row) {
        return ((ByteRow<?>) row).keyBytes();
    }
}
