package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Row;
import dev.homeostat.statedb.tree.ByteCursor;
import dev.homeostat.statedb.tree.ByteNode;
import dev.homeostat.statedb.tree.ByteTrie;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.tree.LongCursor;
import dev.homeostat.statedb.tree.LongNode;
import dev.homeostat.statedb.tree.LongTrie;
import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The rows that share one key of a secondary index, ordered by primary key. A single one stands for itself, more are a trie by primary key; which kind of trie
 * follows from the kind of the row.
 */
final class RowSet {
    private RowSet() {}

    /** The set with that row, in the place of one with the same primary key if there is one. */
    static Watched with(Watched set, StoredRow<?> row, Edit edit) {
        return switch (row) {
            case LongRow<?> added -> {
                if (set instanceof LongNode root) {
                    yield LongTrie.put(root, added, edit);
                }
                LongRow<?> only = (LongRow<?>) set;
                yield only.orderedKey() == added.orderedKey()
                        ? added
                        : LongTrie.put(LongTrie.put(LongTrie.empty(edit.owner()), only, edit), added, edit);
            }
            case ByteRow<?> added -> {
                if (set instanceof ByteNode root) {
                    yield ByteTrie.put(root, added, edit);
                }
                ByteRow<?> only = (ByteRow<?>) set;
                yield samePrimaryKey(only, added)
                        ? added
                        : ByteTrie.put(ByteTrie.put(ByteTrie.empty(edit.owner()), only, edit), added, edit);
            }
        };
    }

    /** The set without the row of that primary key, which must be there; null when it was the only one. */
    static @Nullable Watched without(Watched set, StoredRow<?> row, Edit edit) {
        return switch (set) {
            case LongNode root -> {
                LongNode left = LongTrie.remove(root, ((LongRow<?>) row).orderedKey(), edit);
                yield left.isEmpty() ? null : left;
            }
            case ByteNode root -> {
                ByteNode left = ByteTrie.remove(root, ((ByteRow<?>) row).keyBytes(), edit);
                yield left.isEmpty() ? null : left;
            }
            default -> null;
        };
    }

    /** The row with the smallest primary key. */
    @SuppressWarnings("unchecked") // a set holds rows of one table
    static <T> @Nullable Row<T> first(Watched set) {
        return switch (set) {
            case LongNode root -> (Row<T>) LongCursor.all(root).next();
            case ByteNode root -> (Row<T>) ByteCursor.all(root).next();
            default -> (Row<T>) set;
        };
    }

    static boolean samePrimaryKey(StoredRow<?> a, StoredRow<?> b) {
        return a instanceof LongRow<?> x
                ? x.orderedKey() == ((LongRow<?>) b).orderedKey()
                : Arrays.equals(((ByteRow<?>) a).keyBytes(), ((ByteRow<?>) b).keyBytes());
    }
}
