package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Row;

/** A version of a row as the indexes share it: the leaf of the primary index, which holds the watch of its key. */
sealed interface StoredRow<T> extends Row<T> permits LongRow, ByteRow {}
