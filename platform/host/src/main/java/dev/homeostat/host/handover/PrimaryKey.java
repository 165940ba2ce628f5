package dev.homeostat.host.handover;

import dev.homeostat.api.db.Index;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.TableSpec;
import java.util.Iterator;

/** The primary key of a row that is in no table. */
final class PrimaryKey {
    private PrimaryKey() {}

    /** @throws RuntimeException if it has none, or more than one, or the index cannot tell */
    static <T> Key of(TableSpec<T> spec, T row) {
        return of(spec.primary(), row);
    }

    private static <T, K> Key of(Index<T, K> primary, T row) {
        Iterator<? extends K> keys = primary.keys(row).iterator();
        if (!keys.hasNext()) {
            throw new IllegalArgumentException("the row has no primary key");
        }
        Key key = primary.keyType().encode(keys.next());
        if (keys.hasNext()) {
            throw new IllegalArgumentException("the row has more than one primary key");
        }
        return key;
    }
}
