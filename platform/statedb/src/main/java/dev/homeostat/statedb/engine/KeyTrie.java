package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.PrefixIndex;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.internal.KeyAccess;
import dev.homeostat.statedb.tree.ByteLeaf;
import dev.homeostat.statedb.tree.ByteLeaves;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import org.jspecify.annotations.Nullable;

/**
 * A kind of trie over keys of bytes, and how queries are put to it: all in which {@link BytePrimary} and {@link ByteSecondary} differ between ordinary keys and
 * prefixes. Holds no tree itself.
 */
sealed interface KeyTrie permits ByteKeyTrie, BitKeyTrie {
    /** Reaches the arrays of keys. */
    KeyAccess KEYS = KeyAccess.get();

    /** The kind that an index asks for. */
    static KeyTrie of(Index<?, ?> index) {
        return index instanceof PrefixIndex ? BitKeyTrie.INSTANCE : ByteKeyTrie.INSTANCE;
    }

    /** The key of a query, the prefix, or the inclusive lower bound. */
    static byte[] from(Query<?> query) {
        return KEYS.bytes(requireNonNull(query.from()));
    }

    /** The exclusive upper bound of a query, or null. */
    static byte @Nullable [] to(Query<?> query) {
        Key to = query.to();
        return to == null ? null : KEYS.bytes(to);
    }

    /** The root of an empty tree. */
    Watched empty(long owner);

    /** The leaf with that key, or null. */
    @Nullable
    ByteLeaf find(Watched root, byte[] key);

    /** The leaf that answers a {@linkplain Query#isOfOneKey query for one key}, or null. */
    @Nullable
    ByteLeaf get(Watched root, Query<?> query);

    /** All leaves, in the order of their keys. */
    ByteLeaves all(Watched root);

    /** The leaves that answer a query, in the order of their keys. */
    ByteLeaves leaves(Watched root, Query<?> query);

    /** The part of the tree that changes when the answer does; null for the whole table. */
    @Nullable
    Watched watched(Watched root, Query<?> query);

    /** Whether a key is among those that a prefix query for that prefix finds. */
    boolean begins(byte[] key, byte[] prefix);

    /** Stores a leaf, in the place of one with the same key if there is one, and gives the new root. */
    Watched put(Watched root, ByteLeaf leaf, Edit edit);

    /** Removes the leaf with that key, which must be there, and gives the new root. */
    Watched remove(Watched root, byte[] key, Edit edit);

    /** Marks every node and every leaf as replaced. */
    void closeAll(Watched root);
}
