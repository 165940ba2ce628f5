package dev.homeostat.host.plugin;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.BatchContext;
import java.time.Instant;

/** What a batch of a plugin sees of itself: with the plugin's view of the database. */
record BatchHandle(BatchContext engine, DatabaseHandle database) implements BatchContext {
    @Override
    public ReadTxn txn() {
        return new PluginReadTxn(database, engine.txn());
    }

    @Override
    public Instant deadline() {
        return engine.deadline();
    }

    @Override
    public boolean isCancelled() {
        return engine.isCancelled();
    }
}
