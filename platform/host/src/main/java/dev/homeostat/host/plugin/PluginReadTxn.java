package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;

/** A snapshot that answers with the plugin's view of the database. */
record PluginReadTxn(Database database, ReadTxn engine) implements PluginTxn {}
