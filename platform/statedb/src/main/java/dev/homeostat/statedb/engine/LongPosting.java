package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.tree.LongLeaf;
import dev.homeostat.statedb.watch.Watched;

/** A posting under a 64-bit key. {@code rows} is changed only by the edit that made the posting. */
final class LongPosting extends LongLeaf implements Posting {
    final long owner;
    Watched rows;

    LongPosting(long orderedKey, Watched rows, long owner) {
        super(orderedKey);
        this.rows = rows;
        this.owner = owner;
    }

    @Override
    public Watched rows() {
        return rows;
    }
}
