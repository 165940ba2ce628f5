package dev.homeostat.host.plugin;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.TableSpec;

/** A table of whatever plugin that a plugin looked up by its name; neither needs the other, and this ends with whichever ends first. */
final class LookedUpTable<T> extends ReadHandle<T> {
    private final DatabaseHandle database;

    LookedUpTable(Leash leash, TableSpec<T> spec, DatabaseHandle database) {
        super(leash, spec);
        this.database = database;
    }

    @Override
    IllegalStateException gone(String thing) {
        return database.isClosed() ? super.gone(thing) : new TableRemovedException(name());
    }
}
