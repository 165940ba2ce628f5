package dev.homeostat.host.source;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The tables that accept sources and exist. Guarded by the board's lock. */
final class BoardTables {
    private final Database database;
    private final SortedMap<String, BoardTable<?>> tables = new TreeMap<>();
    private final Set<String> everThere = new HashSet<>();

    BoardTables(Database database) {
        this.database = database;
    }

    void add(RWTable<?> table) {
        tables.put(table.name(), new BoardTable<>(table));
        everThere.add(table.name());
    }

    void remove(String table) {
        tables.remove(table);
    }

    /** Forgets tables that were removed from the database without a word; says whether there were any. */
    boolean forgetRemoved() {
        ReadTxn now = database.readTxn();
        return tables.values().removeIf(table -> table.isGone(now));
    }

    @Nullable
    BoardTable<?> find(String name) {
        return tables.get(name);
    }

    /** Whether there was ever one of that name. */
    boolean wasThere(String name) {
        return everThere.contains(name);
    }

    /** Whether there is such a table, which no source may write. */
    boolean isClosed(String name) {
        Table<?> table = database.table(name);
        return table != null && !table.spec().acceptsSources();
    }

    /** All, ordered by name. */
    Collection<BoardTable<?>> all() {
        return List.copyOf(tables.values());
    }

    /** For a message: the names of all. */
    List<String> names() {
        return new ArrayList<>(tables.keySet());
    }
}
