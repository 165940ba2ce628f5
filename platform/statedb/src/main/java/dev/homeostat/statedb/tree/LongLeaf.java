package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;

/** What a {@link LongTrie} stores: something with a 64-bit key. */
public abstract class LongLeaf extends Watched {
    private final long key;

    /** A leaf with that key, in the unsigned order of the trie: see {@link LongTrie#ordered}. */
    protected LongLeaf(long key) {
        this.key = key;
    }

    /** The key, in the unsigned order of the trie. */
    public final long orderedKey() {
        return key;
    }
}
