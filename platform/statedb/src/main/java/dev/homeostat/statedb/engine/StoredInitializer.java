package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Initializer;
import dev.homeostat.api.db.WriteTxn;

/** The handle of one initializer. */
record StoredInitializer(StoredTable<?> table, String name) implements Initializer {
    @Override
    public void complete(WriteTxn txn) {
        if (!(txn instanceof WriteTransaction writing) || txn.database() != table.database()) {
            throw table.foreign(txn);
        }
        TableWriter<?> writer = writing.writer(table);
        Conditions conditions = writer.conditions();
        if (!conditions.knows(name)) {
            throw new IllegalStateException("table \"" + table.name() + "\": initializer \"" + name
                    + "\" was added by a transaction that did not commit");
        }
        if (conditions.pending().contains(name)) {
            writer.conditions(conditions.without(name));
        }
    }
}
