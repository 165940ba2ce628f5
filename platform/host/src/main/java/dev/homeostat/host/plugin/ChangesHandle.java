package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;

/** A change iterator that takes a plugin's transactions, and whose watches end with the plugin. */
record ChangesHandle<T>(ChangeIterator<T> engine, WatchListeners listeners) implements ChangeIterator<T> {
    @Override
    public Changes<T> next(ReadTxn txn) {
        return new Sequence<>(engine.next(PluginTxn.engine(txn)), listeners);
    }

    @Override
    public long revision() {
        return engine.revision();
    }

    @Override
    public void close() {
        engine.close();
    }

    /** A sequence of changes; its watch is one of the table's, which outlives the plugin where it is another's. */
    private record Sequence<T>(Changes<T> engine, WatchListeners listeners) implements Changes<T> {
        @Override
        public Iterator<Change<T>> iterator() {
            return engine.iterator();
        }

        @Override
        public Watch watch() {
            return new WatchHandle(engine.watch(), listeners);
        }
    }
}
