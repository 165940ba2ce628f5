package dev.homeostat.host.plugin;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.function.Predicate;

/** What a prune of a plugin sees; the removals that it registers see the same. */
final class PruneHandle extends OperationHandle implements PruneContext {
    private final PruneContext engine;
    private final DatabaseHandle database;

    PruneHandle(PruneContext engine, DatabaseHandle database) {
        super(engine, database);
        this.engine = engine;
        this.database = database;
    }

    @Override
    public void remove(String name, Key rowKey, Removal action) {
        engine.remove(name, rowKey, seeing(action));
    }

    @Override
    public void remove(String name, Predicate<ReadTxn> stillUndesired, Removal action) {
        engine.remove(name, txn -> stillUndesired.test(new PluginReadTxn(database, txn)), seeing(action));
    }

    private Removal seeing(Removal action) {
        return context -> action.run(new OperationHandle(context, database));
    }
}
