package dev.homeostat.host.source;

import dev.homeostat.api.db.Key;
import dev.homeostat.host.view.RowOwner;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Which unit owns which row. Changed under the board's lock, after the commit that wrote the rows; read by any thread. */
final class Owners {
    private final Map<String, Map<Key, RowOwner>> tables = new ConcurrentHashMap<>();

    @Nullable
    RowOwner get(String table, Key key) {
        return of(table).get(key);
    }

    /** The owned rows of a table; the map is live. */
    Map<Key, RowOwner> of(String table) {
        return tables.getOrDefault(table, Map.of());
    }

    void put(String table, Key key, RowOwner owner) {
        tables.computeIfAbsent(table, name -> new ConcurrentHashMap<>()).put(key, owner);
    }

    void remove(String table, Key key) {
        Map<Key, RowOwner> rows = tables.get(table);
        if (rows != null) {
            rows.remove(key);
        }
    }

    /** The number of rows that a source owns. */
    long count(String source) {
        return tables.values().stream()
                .flatMap(rows -> rows.values().stream())
                .filter(owner -> owner.source().equals(source))
                .count();
    }
}
