package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.LongIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.statedb.tree.LongCursor;
import dev.homeostat.statedb.tree.LongNode;
import dev.homeostat.statedb.tree.LongTrie;
import dev.homeostat.statedb.watch.Watched;
import org.jspecify.annotations.Nullable;

/** Queries of an index on numbers, put to a trie. */
final class LongQueries {
    private LongQueries() {}

    /** The index if it is one on numbers, else null. */
    @SuppressWarnings("unchecked") // the only subclass, and of the same rows
    static <T> @Nullable LongIndex<T> numbers(Index<T, ?> index) {
        return index instanceof LongIndex<?> ? (LongIndex<T>) index : null;
    }

    static LongCursor cursor(LongNode root, Query<?> query) {
        long from = query.longFrom();
        long to = query.longTo();
        return from <= to
                ? LongCursor.range(root, LongTrie.ordered(from), LongTrie.ordered(to))
                : LongCursor.range(root, -1L, 0L);
    }

    static @Nullable Watched watched(LongNode root, Query<?> query) {
        return query.kind() == Query.Kind.EXACT ? LongTrie.watched(root, LongTrie.ordered(query.longFrom())) : null;
    }
}
