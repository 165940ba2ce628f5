package dev.homeostat.statedb.tree;

import dev.homeostat.statedb.watch.Watched;

/** What a {@link ByteTrie} or a {@link BitTrie} stores: something with a key of bytes. */
public abstract class ByteLeaf extends Watched {
    final byte[] key;

    /** A leaf with that key, which must never change. */
    protected ByteLeaf(byte[] key) {
        this.key = key;
    }

    /** The key itself: never to be changed. */
    public final byte[] keyBytes() {
        return key;
    }
}
