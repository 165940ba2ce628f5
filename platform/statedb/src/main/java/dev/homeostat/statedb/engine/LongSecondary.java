package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Keys;
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

/** A secondary index on numbers: exactly one key a row. */
final class LongSecondary<T> extends SecondaryIndex<T> {
    private final LongIndex<T> numbers;
    private final IndexFault fault;

    LongSecondary(TableSpec<T> spec, LongIndex<T> index) {
        super(spec, index);
        this.numbers = index;
        this.fault = new IndexFault(spec, index);
    }

    @Override
    Watched empty(long owner) {
        return LongTrie.empty(owner);
    }

    @Override
    Object keys(T value) {
        try {
            return LongTrie.ordered(numbers.key(value));
        } catch (Throwable t) { // whatever the row type's function throws
            throw fault.of(t);
        }
    }

    @Override
    void check(Watched root, StoredRow<T> row, Object keys) {
        if (index.isUnique()) {
            long key = (Long) keys;
            refuseOther(find((LongNode) root, key), row, Keys.LONG.encode(LongTrie.ordered(key)));
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
        LongNode tree = (LongNode) root;
        if (old != null && oldKeys != null && !oldKeys.equals(nowKeys)) {
            tree = remove(tree, (Long) oldKeys, old, edit);
        }
        return now == null || nowKeys == null ? tree : add(tree, (Long) nowKeys, now, edit);
    }

    @Override
    @Nullable
    Row<T> get(Watched root, Query<T> query) {
        LongPosting posting = find((LongNode) root, LongTrie.ordered(query.longFrom()));
        return posting == null ? null : RowSet.first(posting.rows);
    }

    @Override
    Iterator<Row<T>> rows(Watched root, Query<T> query) {
        LongCursor cursor = LongQueries.cursor((LongNode) root, query);
        return new PostingRows<>(() -> (LongPosting) cursor.next(), null);
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

    private static LongNode add(LongNode root, long key, StoredRow<?> row, Edit edit) {
        LongPosting posting = find(root, key);
        if (posting == null) {
            return LongTrie.put(root, new LongPosting(key, (Watched) row, edit.owner()), edit);
        }
        Watched rows = RowSet.with(posting.rows, row, edit);
        return replace(root, posting, rows, edit);
    }

    private static LongNode remove(LongNode root, long key, StoredRow<?> row, Edit edit) {
        LongPosting posting = (LongPosting) requireNonNull(LongTrie.find(root, key));
        Watched left = RowSet.without(posting.rows, row, edit);
        if (left == null) {
            edit.replaced(posting);
            return LongTrie.remove(root, key, edit);
        }
        return replace(root, posting, left, edit);
    }

    private static LongNode replace(LongNode root, LongPosting posting, Watched rows, Edit edit) {
        if (posting.owner == edit.owner()) {
            posting.rows = rows;
            return root;
        }
        edit.replaced(posting);
        return LongTrie.put(root, new LongPosting(posting.orderedKey(), rows, edit.owner()), edit);
    }

    private static @Nullable LongPosting find(LongNode root, long key) {
        return (LongPosting) LongTrie.find(root, key);
    }
}
