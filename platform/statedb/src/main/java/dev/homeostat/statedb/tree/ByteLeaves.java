package dev.homeostat.statedb.tree;

import org.jspecify.annotations.Nullable;

/** Leaves with keys of bytes, one after the other, in the order of their keys. Used by one thread. */
public sealed interface ByteLeaves permits ByteCursor, BitCursor {
    /** The next leaf, or null at the end. */
    @Nullable
    ByteLeaf next();
}
