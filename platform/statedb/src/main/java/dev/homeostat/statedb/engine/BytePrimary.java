package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A primary index on bytes, prefixes among them. */
@SuppressWarnings("unchecked") // the tree holds rows of this table only
final class BytePrimary<T> extends PrimaryIndex<T> {
    private final ByteKeys<T, ?> keys;
    private final KeyTrie trie;

    BytePrimary(TableSpec<T> spec, Index<T, ?> index) {
        super(spec.name(), index);
        this.keys = new ByteKeys<>(index, new IndexFault(spec, index));
        this.trie = KeyTrie.of(index);
    }

    @Override
    Watched empty(long owner) {
        return trie.empty(owner);
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
        return (ByteRow<?>) trie.find(root, key(row));
    }

    @Override
    Watched put(Watched root, StoredRow<?> row, Edit edit) {
        return trie.put(root, (ByteRow<?>) row, edit);
    }

    @Override
    Watched remove(Watched root, StoredRow<?> row, Edit edit) {
        return trie.remove(root, key(row), edit);
    }

    @Override
    @Nullable
    Row<T> get(Watched root, Query<T> query) {
        return (ByteRow<T>) trie.get(root, query);
    }

    @Override
    Iterator<Row<T>> all(Watched root) {
        return new ByteRows<>(trie.all(root));
    }

    @Override
    Iterator<Row<T>> rows(Watched root, Query<T> query) {
        return new ByteRows<>(trie.leaves(root, query));
    }

    @Override
    @Nullable
    Watched watched(Watched root, Query<T> query) {
        return trie.watched(root, query);
    }

    @Override
    void closeAll(Watched root) {
        trie.closeAll(root);
    }

    private static byte[] key(StoredRow<?> row) {
        return ((ByteRow<?>) row).keyBytes();
    }
}
