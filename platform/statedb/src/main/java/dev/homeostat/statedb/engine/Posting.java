package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.watch.Watched;

/** The leaf of a secondary index: a key and the {@link RowSet rows} that have it. Holds the watch of that key. */
sealed interface Posting permits LongPosting, BytePosting {
    /** The rows. */
    Watched rows();
}
