package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A write transaction that is aborted when its plugin stops; from then on it holds nothing, and so no row and no class. */
final class PluginWriteTxn implements PluginTxn, WriteTxn {
    private final DatabaseHandle database;
    private volatile @Nullable WriteTxn engine;
    private final Set<PluginWriteTxn> open;

    /** @param open where it is listed until it ends */
    PluginWriteTxn(DatabaseHandle database, WriteTxn engine, Set<PluginWriteTxn> open) {
        this.database = database;
        this.engine = engine;
        this.open = open;
        open.add(this);
    }

    @Override
    public Database database() {
        return database;
    }

    @Override
    public WriteTxn engine() {
        WriteTxn current = engine;
        if (current == null) {
            throw database.gone("a transaction");
        }
        return current;
    }

    @Override
    public ReadTxn commit() {
        ReadTxn committed = engine().commit();
        open.remove(this);
        return new PluginReadTxn(database, committed);
    }

    @Override
    public void abort() {
        WriteTxn current = engine;
        if (current != null) {
            current.abort();
        }
        open.remove(this);
    }

    /** Aborts it, if it has not ended, and lets go of it. */
    void revoke() {
        abort();
        engine = null;
    }
}
