package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.tree.ByteLeaf;
import dev.homeostat.statedb.watch.Watched;

/** A posting under a key of bytes. {@code rows} is changed only by the edit that made the posting. */
final class BytePosting extends ByteLeaf implements Posting {
    final long owner;
    Watched rows;

    BytePosting(byte[] key, Watched rows, long owner) {
        super(key);
        this.rows = rows;
        this.owner = owner;
    }

    @Override
    public Watched rows() {
        return rows;
    }
}
