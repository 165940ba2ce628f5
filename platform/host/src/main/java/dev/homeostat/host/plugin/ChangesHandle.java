package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;
import org.jspecify.annotations.Nullable;

/**
 * A change iterator that takes a plugin's transactions, and ends with the plugin, as its watches do: from then on it holds nothing, and so no row and no class.
 */
final class ChangesHandle<T> implements ChangeIterator<T> {
    private final ReadHandle<T> table;
    private final WatchListeners listeners;
    private volatile @Nullable ChangeIterator<T> engine;

    ChangesHandle(ReadHandle<T> table, ChangeIterator<T> engine, WatchListeners listeners) {
        this.table = table;
        this.engine = engine;
        this.listeners = listeners;
    }

    private ChangeIterator<T> engine() {
        ChangeIterator<T> current = engine;
        if (current == null) {
            throw table.gone("a change iterator of table \"" + table.name() + "\"");
        }
        return current;
    }

    /** Closes it, and lets go of it. */
    void revoke() {
        close();
        engine = null;
    }

    @Override
    public Changes<T> next(ReadTxn txn) {
        return new Sequence<>(engine().next(PluginTxn.engine(txn)), listeners);
    }

    @Override
    public long revision() {
        return engine().revision();
    }

    @Override
    public long deletesAhead(ReadTxn txn) {
        return engine().deletesAhead(PluginTxn.engine(txn));
    }

    @Override
    public void close() {
        ChangeIterator<T> current = engine;
        if (current != null) {
            current.close();
        }
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
