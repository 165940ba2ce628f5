package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.internal.KeyAccess;
import dev.homeostat.statedb.tree.ByteCursor;
import dev.homeostat.statedb.tree.ByteLeaf;
import dev.homeostat.statedb.tree.ByteNode;
import dev.homeostat.statedb.tree.ByteTrie;
import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Queries of an index on bytes, put to a trie. */
final class ByteQueries {
    private static final KeyAccess KEYS = KeyAccess.get();

    private ByteQueries() {}

    static @Nullable ByteLeaf find(ByteNode root, Query<?> query) {
        return ByteTrie.find(root, from(query));
    }

    static ByteCursor cursor(ByteNode root, Query<?> query) {
        byte[] from = from(query);
        return switch (query.kind()) {
            case EXACT -> ByteCursor.exact(root, from);
            case PREFIX -> ByteCursor.prefix(root, from);
            case RANGE -> ByteCursor.range(root, from, to(query));
        };
    }

    static @Nullable Watched watched(ByteNode root, Query<?> query) {
        return switch (query.kind()) {
            case EXACT -> ByteTrie.watched(root, from(query));
            case PREFIX -> ByteTrie.watchedPrefix(root, from(query));
            case RANGE -> null;
        };
    }

    /** Whether a key is among those that the query asks for. */
    static boolean matches(Query<?> query, byte[] key) {
        byte[] from = from(query);
        return switch (query.kind()) {
            case EXACT -> Arrays.equals(key, from);
            case PREFIX -> key.length >= from.length && Arrays.equals(key, 0, from.length, from, 0, from.length);
            case RANGE -> {
                byte[] to = to(query);
                yield Arrays.compareUnsigned(key, from) >= 0 && (to == null || Arrays.compareUnsigned(key, to) < 0);
            }
        };
    }

    private static byte[] from(Query<?> query) {
        return KEYS.bytes(requireNonNull(query.from()));
    }

    private static byte @Nullable [] to(Query<?> query) {
        Key to = query.to();
        return to == null ? null : KEYS.bytes(to);
    }
}
