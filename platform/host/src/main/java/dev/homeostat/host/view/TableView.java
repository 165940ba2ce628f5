package dev.homeostat.host.view;

import dev.homeostat.api.db.Table;

/**
 * A table and who owns it.
 *
 * @param table the engine's own table, not a plugin's handle
 * @param plugin the id of the plugin that owns it
 */
public record TableView(Table<?> table, String plugin) {}
