package dev.homeostat.host.plugin;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.TableStats;
import dev.homeostat.api.db.Watch;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.WeakHashMap;
import org.jspecify.annotations.Nullable;

/** A table that a plugin may read. Once detached it holds neither the table nor its specification, and so no class of anybody. */
class ReadHandle<T> implements Table<T> {
    private final Leash leash;
    private final String name;
    /** Iterators that may be open; one that the plugin dropped is gone from here too. */
    private final Set<ChangesHandle<T>> open =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));

    private final WatchListeners listeners = new WatchListeners();
    private volatile @Nullable TableSpec<T> spec;
    private volatile @Nullable Table<T> table;

    ReadHandle(Leash leash, TableSpec<T> spec) {
        this.leash = leash;
        this.name = spec.name();
        this.spec = spec;
    }

    /** From now on it works. */
    final void attach(Table<T> engine) {
        table = engine;
    }

    /** From now on it does not, and holds nothing. */
    final void detach() {
        table = null;
        spec = null;
        List<ChangesHandle<T>> following;
        synchronized (open) {
            following = List.copyOf(open);
            open.clear();
        }
        following.forEach(ChangesHandle::revoke);
        listeners.close();
    }

    /** What is said of a thing of this table that was used after the end of the handle. */
    IllegalStateException gone(String thing) {
        return leash.gone(thing);
    }

    /** A watch of the engine's whose listeners end with this handle. */
    final Watch leashed(Watch watch) {
        return new WatchHandle(watch, listeners);
    }

    /** The engine's table. */
    final Table<T> engine() {
        Table<T> current = table;
        if (current == null) {
            leash.checkActive("table \"" + name + "\"");
            throw gone("table \"" + name + "\"");
        }
        return current;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final TableSpec<T> spec() {
        TableSpec<T> current = spec;
        if (current == null) {
            throw gone("table \"" + name + "\"");
        }
        return current;
    }

    @Override
    public final @Nullable Row<T> get(ReadTxn txn, Query<T> query) {
        return engine().get(PluginTxn.engine(txn), query);
    }

    @Override
    public final Rows<T> list(ReadTxn txn, Query<T> query) {
        return new RowsHandle<>(engine().list(PluginTxn.engine(txn), query), listeners);
    }

    @Override
    public final Rows<T> all(ReadTxn txn) {
        return new RowsHandle<>(engine().all(PluginTxn.engine(txn)), listeners);
    }

    @Override
    public final Rows<T> byRevision(ReadTxn txn, long fromRevision) {
        return new RowsHandle<>(engine().byRevision(PluginTxn.engine(txn), fromRevision), listeners);
    }

    @Override
    public final Watch watch(ReadTxn txn, Query<T> query) {
        return leashed(engine().watch(PluginTxn.engine(txn), query));
    }

    @Override
    public final long revision(ReadTxn txn) {
        return engine().revision(PluginTxn.engine(txn));
    }

    @Override
    public final long count(ReadTxn txn) {
        return engine().count(PluginTxn.engine(txn));
    }

    @Override
    public final ChangeIterator<T> changes() {
        ChangesHandle<T> changes = new ChangesHandle<>(this, engine().changes(), listeners);
        open.add(changes);
        if (table == null) { // it was detached meanwhile, and what it had open was closed before this was
            changes.revoke();
            throw gone("table \"" + name + "\"");
        }
        return changes;
    }

    @Override
    public final boolean initialized(ReadTxn txn) {
        return engine().initialized(PluginTxn.engine(txn));
    }

    @Override
    public final Set<String> pendingInitializers(ReadTxn txn) {
        return engine().pendingInitializers(PluginTxn.engine(txn));
    }

    @Override
    public final Watch initializedWatch(ReadTxn txn) {
        return leashed(engine().initializedWatch(PluginTxn.engine(txn)));
    }

    @Override
    public final TableStats stats() {
        return engine().stats();
    }

    @Override
    public final String toString() {
        return "table \"" + name + "\" of plugin \"" + leash.plugin() + "\"";
    }
}
