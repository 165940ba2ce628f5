package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Keys;
import dev.homeostat.statedb.tree.LongLeaf;
import dev.homeostat.statedb.tree.LongTrie;

/** A row with a 64-bit primary key. */
final class LongRow<T> extends LongLeaf implements StoredRow<T> {
    private final T value;
    private final long revision;

    LongRow(long orderedKey, T value, long revision) {
        super(orderedKey);
        this.value = value;
        this.revision = revision;
    }

    @Override
    public T value() {
        return value;
    }

    @Override
    public long revision() {
        return revision;
    }

    @Override
    public Key key() {
        return Keys.LONG.encode(LongTrie.ordered(orderedKey()));
    }

    @Override
    public String toString() {
        return value + "@" + revision;
    }
}
