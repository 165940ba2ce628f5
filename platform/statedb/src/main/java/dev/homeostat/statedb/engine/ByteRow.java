package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.internal.KeyAccess;
import dev.homeostat.statedb.tree.ByteLeaf;

/** A row whose primary key is a string of bytes. */
final class ByteRow<T> extends ByteLeaf implements StoredRow<T> {
    private final T value;
    private final long revision;

    ByteRow(byte[] key, T value, long revision) {
        super(key);
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
        return KeyAccess.get().wrap(keyBytes());
    }

    @Override
    public String toString() {
        return value + "@" + revision;
    }
}
