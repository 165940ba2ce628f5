package dev.homeostat.host.handover;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.tree.RowCodec;
import dev.homeostat.api.tree.Tree;
import dev.homeostat.host.view.RejectedRow;
import dev.homeostat.host.view.RowOwner;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A row without its class.
 *
 * @param key its primary key as a person reads it
 * @param revision the revision of the table that it took
 * @param owner who wants it, where a source brought it
 */
record RowDocument(
        String key, Tree document, long revision, @Nullable RowOwner owner) {
    /** @throws RuntimeException what the codec throws, or if it wrote what is no document */
    static <T> RowDocument of(TableSpec<T> spec, RowCodec<T> codec, RowOwners owners, Row<T> row) {
        return new RowDocument(
                key(spec, row),
                PlainTree.of(codec.encode(row.value())),
                row.revision(),
                owners.ownerOf(spec.name(), row.key()));
    }

    /** It, as a row that its table did not take over. */
    RejectedRow setAside(String table, String reason, Instant now) {
        return new RejectedRow(table, key, document, reason, false, now, owner);
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
