package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.statedb.tree.ByteLeaves;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** A secondary index on bytes, prefixes among them: any number of keys a row. */
final class ByteSecondary<T> extends SecondaryIndex<T> {
    private final ByteKeys<T, ?> keys;
    private final KeyTrie trie;
    /**
     * Whether some row ever had several keys; if not, none can appear twice, and queries need not look. Set before such a row is published, so that whoever
     * finds the row finds this set.
     */
    private volatile boolean severalKeys;

    ByteSecondary(TableSpec<T> spec, Index<T, ?> index) {
        super(spec, index);
        this.keys = new ByteKeys<>(index, new IndexFault(spec, index));
        this.trie = KeyTrie.of(index);
    }

    @Override
    Watched empty(long owner) {
        return trie.empty(owner);
    }

    @Override
    Object keys(T value) {
        byte[][] all = keys.all(value);
        if (all.length > 1 && !severalKeys) {
            severalKeys = true;
        }
        return all;
    }

    @Override
    void check(Watched root, StoredRow<T> row, Object rowKeys) {
        if (index.isUnique()) {
            for (byte[] key : (byte[][]) rowKeys) {
                refuseOther(find(root, key), row, Key.of(key));
            }
        }
    }

    @Override
    Watched update(
            Watched root,
            @Nullable StoredRow<T> old,
            @Nullable Object oldKeys,
            @Nullable StoredRow<T> now,
            @Nullable Object nowKeys,
            Edit edit) {
        Watched tree = root;
        if (old != null && oldKeys != null) {
            for (byte[] key : (byte[][]) oldKeys) {
                if (nowKeys == null || !contains((byte[][]) nowKeys, key)) {
                    tree = remove(tree, key, old, edit);
                }
            }
        }
        if (now != null && nowKeys != null) {
            for (byte[] key : (byte[][]) nowKeys) {
                tree = add(tree, key, now, edit);
            }
        }
        return tree;
    }

    @Override
    @Nullable
    Row<T> get(Watched root, Query<T> query) {
        BytePosting posting = (BytePosting) trie.get(root, query);
        return posting == null ? null : RowSet.first(posting.rows);
    }

    @Override
    Iterator<Row<T>> rows(Watched root, Query<T> query) {
        ByteLeaves leaves = trie.leaves(root, query);
        boolean repeats = severalKeys && !query.isOfOneKey();
        return new PostingRows<>(
                () -> (BytePosting) leaves.next(),
                repeats ? (posting, row) -> isFirstMatch(query, (BytePosting) posting, row) : null);
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

    /** Whether the posting is that of the smallest key by which the row matches: there, and only there, it appears. */
    private boolean isFirstMatch(Query<T> query, BytePosting posting, Row<T> row) {
        if (keys.atMostOne(row.value())) {
            return true;
        }
        for (byte[] key : keys.all(row.value())) {
            if (matches(query, key)) {
                return Arrays.equals(key, posting.keyBytes());
            }
        }
        return true;
    }

    private boolean matches(Query<T> query, byte[] key) {
        byte[] from = KeyTrie.from(query);
        byte[] to = KeyTrie.to(query);
        return query.kind() == Query.Kind.PREFIX
                ? trie.begins(key, from)
                : Arrays.compareUnsigned(key, from) >= 0 && (to == null || Arrays.compareUnsigned(key, to) < 0);
    }

    private Watched add(Watched root, byte[] key, StoredRow<?> row, Edit edit) {
        BytePosting posting = find(root, key);
        if (posting == null) {
            return trie.put(root, new BytePosting(key, (Watched) row, edit.owner()), edit);
        }
        return replace(root, posting, RowSet.with(posting.rows, row, edit), edit);
    }

    private Watched remove(Watched root, byte[] key, StoredRow<?> row, Edit edit) {
        BytePosting posting = requireNonNull(find(root, key));
        Watched left = RowSet.without(posting.rows, row, edit);
        if (left == null) {
            edit.replaced(posting);
            return trie.remove(root, key, edit);
        }
        return replace(root, posting, left, edit);
    }

    private Watched replace(Watched root, BytePosting posting, Watched rows, Edit edit) {
        if (posting.owner == edit.owner()) {
            posting.rows = rows;
            return root;
        }
        edit.replaced(posting);
        return trie.put(root, new BytePosting(posting.keyBytes(), rows, edit.owner()), edit);
    }

    private @Nullable BytePosting find(Watched root, byte[] key) {
        return (BytePosting) trie.find(root, key);
    }

    private static boolean contains(byte[][] sorted, byte[] key) {
        return Arrays.binarySearch(sorted, key, Arrays::compareUnsigned) >= 0;
    }
}
