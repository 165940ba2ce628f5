package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;

/** A database with one table and some rows in it. */
record Filled(Database db, RWTable<Item> table) {
    static Filled with(TableSpec<Item> spec, Item... items) {
        Database db = StateDatabase.create();
        Filled filled = new Filled(db, db.create(spec));
        filled.insertAll(items);
        return filled;
    }

    /** Inserts all in one transaction. */
    void insertAll(Item[] items) {
        try (WriteTxn txn = db.writeTxn(table)) {
            for (Item item : items) {
                table.insert(txn, item);
            }
            txn.commit();
        }
    }
}
