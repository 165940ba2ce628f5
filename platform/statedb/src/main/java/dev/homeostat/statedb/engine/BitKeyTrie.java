package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Query;
import dev.homeostat.statedb.tree.BitCursor;
import dev.homeostat.statedb.tree.BitNode;
import dev.homeostat.statedb.tree.BitTrie;
import dev.homeostat.statedb.tree.ByteLeaf;
import dev.homeostat.statedb.tree.ByteLeaves;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.watch.Watched;
import org.jspecify.annotations.Nullable;

/** Prefixes: a trie by bits, which knows the longest match. */
final class BitKeyTrie implements KeyTrie {
    static final BitKeyTrie INSTANCE = new BitKeyTrie();

    private BitKeyTrie() {}

    @Override
    public Watched empty(long owner) {
        return BitTrie.empty(owner);
    }

    @Override
    public @Nullable ByteLeaf find(Watched root, byte[] key) {
        return BitTrie.find((BitNode) root, key);
    }

    @Override
    public @Nullable ByteLeaf get(Watched root, Query<?> query) {
        BitNode tree = (BitNode) root;
        byte[] key = KeyTrie.from(query);
        return query.kind() == Query.Kind.LONGEST ? BitTrie.longest(tree, key) : BitTrie.find(tree, key);
    }

    @Override
    public ByteLeaves all(Watched root) {
        return BitCursor.all((BitNode) root);
    }

    @Override
    public ByteLeaves leaves(Watched root, Query<?> query) {
        BitNode tree = (BitNode) root;
        return switch (query.kind()) {
            case EXACT, LONGEST -> BitCursor.one(get(root, query));
            case PREFIX -> BitCursor.prefix(tree, KeyTrie.from(query));
            case RANGE -> BitCursor.range(tree, KeyTrie.from(query), KeyTrie.to(query));
        };
    }

    @Override
    public @Nullable Watched watched(Watched root, Query<?> query) {
        BitNode tree = (BitNode) root;
        return switch (query.kind()) {
            case EXACT -> BitTrie.watched(tree, KeyTrie.from(query));
            case LONGEST -> BitTrie.watchedLongest(tree, KeyTrie.from(query));
            case PREFIX -> BitTrie.watchedPrefix(tree, KeyTrie.from(query));
            case RANGE -> null;
        };
    }

    @Override
    public boolean begins(byte[] key, byte[] prefix) {
        return BitTrie.contains(prefix, key);
    }

    @Override
    public Watched put(Watched root, ByteLeaf leaf, Edit edit) {
        return BitTrie.put((BitNode) root, leaf, edit);
    }

    @Override
    public Watched remove(Watched root, byte[] key, Edit edit) {
        return BitTrie.remove((BitNode) root, key, edit);
    }

    @Override
    public void closeAll(Watched root) {
        BitTrie.closeAll((BitNode) root);
    }
}
