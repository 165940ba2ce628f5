package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/** The answer to a query that a plugin asked; its watch ends with the plugin. */
record RowsHandle<T>(Rows<T> engine, WatchListeners listeners) implements Rows<T> {
    @Override
    public Iterator<Row<T>> iterator() {
        return engine.iterator();
    }

    @Override
    public @Nullable Row<T> first() {
        return engine.first();
    }

    @Override
    public long count() {
        return engine.count();
    }

    @Override
    public Watch watch() {
        return new WatchHandle(engine.watch(), listeners);
    }
}
