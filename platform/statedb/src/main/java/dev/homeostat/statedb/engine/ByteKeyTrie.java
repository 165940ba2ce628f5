package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Query;
import dev.homeostat.statedb.tree.ByteCursor;
import dev.homeostat.statedb.tree.ByteLeaf;
import dev.homeostat.statedb.tree.ByteLeaves;
import dev.homeostat.statedb.tree.ByteNode;
import dev.homeostat.statedb.tree.ByteTrie;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Ordinary keys: a trie by bytes. */
final class ByteKeyTrie implements KeyTrie {
    static final ByteKeyTrie INSTANCE = new ByteKeyTrie();

    private ByteKeyTrie() {}

    @Override
    public Watched empty(long owner) {
        return ByteTrie.empty(owner);
    }

    @Override
    public @Nullable ByteLeaf find(Watched root, byte[] key) {
        return ByteTrie.find((ByteNode) root, key);
    }

    @Override
    public @Nullable ByteLeaf get(Watched root, Query<?> query) {
        return find(root, KeyTrie.from(query));
    }

    @Override
    public ByteLeaves all(Watched root) {
        return ByteCursor.all((ByteNode) root);
    }

    @Override
    public ByteLeaves leaves(Watched root, Query<?> query) {
        ByteNode tree = (ByteNode) root;
        byte[] from = KeyTrie.from(query);
        return switch (query.kind()) {
            case EXACT -> ByteCursor.exact(tree, from);
            case PREFIX -> ByteCursor.prefix(tree, from);
            case RANGE -> ByteCursor.range(tree, from, KeyTrie.to(query));
            case LONGEST -> throw ofPrefixes(query);
        };
    }

    @Override
    public @Nullable Watched watched(Watched root, Query<?> query) {
        return switch (query.kind()) {
            case EXACT -> ByteTrie.watched((ByteNode) root, KeyTrie.from(query));
            case PREFIX -> ByteTrie.watchedPrefix((ByteNode) root, KeyTrie.from(query));
            case RANGE -> null;
            case LONGEST -> throw ofPrefixes(query);
        };
    }

    @Override
    public boolean begins(byte[] key, byte[] prefix) {
        return key.length >= prefix.length && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
    }

    @Override
    public Watched put(Watched root, ByteLeaf leaf, Edit edit) {
        return ByteTrie.put((ByteNode) root, leaf, edit);
    }

    @Override
    public Watched remove(Watched root, byte[] key, Edit edit) {
        return ByteTrie.remove((ByteNode) root, key, edit);
    }

    @Override
    public void closeAll(Watched root) {
        ByteTrie.closeAll((ByteNode) root);
    }

    private static AssertionError ofPrefixes(Query<?> query) {
        return new AssertionError(query.index() + " has no prefixes, and makes no query for the longest");
    }
}
