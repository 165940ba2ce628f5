package dev.homeostat.host.handover;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;

/**
 * A row without its class.
 *
 * @param key its primary key as a person reads it
 * @param revision the revision of the table that it took
 */
record RowDocument(String key, Tree document, long revision) {
    /** @throws RuntimeException what the codec throws, or if it wrote what is no document */
    static <T> RowDocument of(TableSpec<T> spec, RowCodec<T> codec, Row<T> row) {
        return new RowDocument(key(spec, row), PlainTree.of(codec.encode(row.value())), row.revision());
    }

    /** The key as text, or its bytes where the key type cannot read them. */
    static <T> String key(TableSpec<T> spec, Row<T> row) {
        try {
            return spec.formatKey(row.key());
        } catch (RuntimeException | LinkageError e) { // the key type may be a plugin's code
            return row.key().toString();
        }
    }
}
