package dev.homeostat.reconciler;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.schedule.Scheduler;
import org.jspecify.annotations.Nullable;

/** What one reconciler was given at its start, and never changes. */
record Setup<T>(
        String name,
        Database database,
        Table<T> table,
        Operations<T> operations,
        StatusStore<T> store,
        PausedKeys paused,
        Plan plan,
        Scheduler scheduler,
        ReconcilerRegistry registry) {

    String fullName() {
        return table.name() + "/" + name;
    }

    /** Whether updates and deletes are batches. */
    boolean isBatched() {
        return operations instanceof BatchOperations<T>;
    }

    @Nullable
    Row<T> row(ReadTxn txn, Key key) {
        return table.get(txn, table.spec().lookup(key));
    }

    /** The row of that key as others name it that are blocked on it. */
    Blocker blocker(Key key) {
        return new Blocker(table.name(), text(key));
    }

    /** The key as a person reads it, or its bytes where the table's key type cannot read them. */
    String text(Key key) {
        try {
            return table.spec().formatKey(key);
        } catch (RuntimeException | Error e) { // the key type may be a plugin's code
            return key.toString();
        }
    }
}
