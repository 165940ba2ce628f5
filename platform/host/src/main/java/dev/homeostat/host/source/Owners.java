package dev.homeostat.host.source;

import dev.homeostat.api.db.Key;
import dev.homeostat.host.view.RowOwner;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which unit owns which row. Changed under the board's lock, after the commit that wrote the rows; read by any thread. */
final class Owners {
    private final Map<String, Map<Key, RowOwner>> tables = new ConcurrentHashMap<>();
    private final Map<String, Long> counts = new HashMap<>(); // by the source's name; guarded by the board's lock

    @Nullable
    RowOwner get(String table, Key key) {
        return of(table).get(key);
    }

    /** The owned rows of a table; the map is live. */
    Map<Key, RowOwner> of(String table) {
        return tables.getOrDefault(table, Map.of());
    }

    void put(String table, Key key, RowOwner owner) {
        uncount(tables.computeIfAbsent(table, name -> new ConcurrentHashMap<>()).put(key, owner));
        counts.merge(owner.source(), 1L, Long::sum);
    }

    void remove(String table, Key key) {
        Map<Key, RowOwner> rows = tables.get(table);
        if (rows != null) {
            uncount(rows.remove(key));
        }
    }

    private void uncount(@Nullable RowOwner before) {
        if (before != null) {
            counts.merge(before.source(), -1L, Long::sum);
        }
    }

    /** The number of rows that a source owns. Kept, for it is asked for with each row that somebody inserts. */
    long count(String source) {
        return counts.getOrDefault(source, 0L);
    }
}
