package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Table;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The plugins that may have looked up tables by name, of whatever plugin: what they were given ends with the table, though they go on. Safe for all threads.
 */
public final class TableLookups {
    private final Set<DatabaseHandle> plugins = ConcurrentHashMap.newKeySet();

    /** Nobody has looked up anything. */
    public TableLookups() {}

    void add(DatabaseHandle plugin) {
        plugins.add(plugin);
    }

    void remove(DatabaseHandle plugin) {
        plugins.remove(plugin);
    }

    /** The database has it no more. */
    void tableRemoved(Table<?> table) {
        plugins.forEach(plugin -> plugin.tableRemoved(table));
    }
}
