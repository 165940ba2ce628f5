package dev.homeostat.host.plugin;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import java.time.Instant;
import java.util.Map;

/** What an operation of a plugin sees of its attempt: with the plugin's view of the database. */
class OperationHandle implements OperationContext {
    private final OperationContext engine;
    private final DatabaseHandle database;

    OperationHandle(OperationContext engine, DatabaseHandle database) {
        this.engine = engine;
        this.database = database;
    }

    @Override
    public final ReadTxn txn() {
        return new PluginReadTxn(database, engine.txn());
    }

    @Override
    public final long generation() {
        return engine.generation();
    }

    @Override
    public final int attempt() {
        return engine.attempt();
    }

    @Override
    public final Cause cause() {
        return engine.cause();
    }

    @Override
    public final Instant deadline() {
        return engine.deadline();
    }

    @Override
    public final boolean isCancelled() {
        return engine.isCancelled();
    }

    @Override
    public final Map<String, String> facts() {
        return engine.facts();
    }

    @Override
    public final void learn(String name, String fact) {
        engine.learn(name, fact);
    }
}
