package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.UniqueViolationException;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import org.jspecify.annotations.Nullable;

/**
 * An index whose leaves are {@link Posting postings}. A write has two halves: first the keys of the row are computed and checked, which may fail, then the
 * tree is changed, which may not.
 */
abstract sealed class SecondaryIndex<T> extends IndexTree<T> permits LongSecondary, ByteSecondary {
    private final TableSpec<T> spec;

    SecondaryIndex(TableSpec<T> spec, Index<T, ?> index) {
        super(spec.name(), index);
        this.spec = spec;
    }

    static <T> SecondaryIndex<T> of(TableSpec<T> spec, Index<T, ?> index) {
        LongIndex<T> numbers = LongQueries.numbers(index);
        return numbers == null ? new ByteSecondary<>(spec, index) : new LongSecondary<>(spec, numbers);
    }

    /** The keys of a row, in a form of this index. */
    abstract Object keys(T value);

    /** Refuses a row if another one has one of its keys, which are unique. */
    abstract void check(Watched root, StoredRow<T> row, Object keys);

    /** Brings the tree from one version of a row to the next; one of them is null where a row comes or goes. */
    abstract Watched update(
            Watched root,
            @Nullable StoredRow<T> old,
            @Nullable Object oldKeys,
            @Nullable StoredRow<T> now,
            @Nullable Object nowKeys,
            Edit edit);

    /** Refuses the row unless the posting is its own. */
    final void refuseOther(@Nullable Posting posting, StoredRow<T> row, Key key) {
        if (posting == null) {
            return;
        }
        StoredRow<?> stored = (StoredRow<?>) posting.rows();
        if (!RowSet.samePrimaryKey(stored, row)) {
            throw new UniqueViolationException(
                    table, index.name(), format(index, key), primaryKey(stored), primaryKey(row));
        }
    }

    private String primaryKey(Row<?> row) {
        return spec.formatKey(row.key());
    }

    private static <K> String format(Index<?, K> index, Key key) {
        return index.keyType().format(index.keyType().decode(key));
    }
}
