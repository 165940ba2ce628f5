package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import java.util.Set;

/** A write transaction that is aborted when its plugin stops. */
final class PluginWriteTxn implements PluginTxn, WriteTxn {
    private final DatabaseHandle database;
    private final WriteTxn engine;
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
        return engine;
    }

    @Override
    public ReadTxn commit() {
        ReadTxn committed = engine.commit();
        open.remove(this);
        return new PluginReadTxn(database, committed);
    }

    @Override
    public void abort() {
        engine.abort();
        open.remove(this);
    }
}
