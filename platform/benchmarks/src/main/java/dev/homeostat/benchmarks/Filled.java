package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.StateDatabase;

/**
 * A database with one table and some rows in it.
 *
 * @param db the database
 * @param table its only table
 */
public record Filled(Database db, RWTable<Item> table) {
    /** Makes the table of that specification, with these rows, in a database of its own. */
    public static Filled with(TableSpec<Item> spec, Item... items) {
        Database db = StateDatabase.create();
        Filled filled = new Filled(db, db.create(spec));
        filled.insertAll(items);
        return filled;
    }

    /** Inserts all in one transaction. */
    public void insertAll(Item[] items) {
        try (WriteTxn txn = db.writeTxn(table)) {
            for (Item item : items) {
                table.insert(txn, item);
            }
            txn.commit();
        }
    }

    /** Inserts all, in transactions of so many; their number divides by it. */
    public void insertAll(Item[] items, int batch) {
        for (int from = 0; from < items.length; from += batch) {
            try (WriteTxn txn = db.writeTxn(table)) {
                for (int i = from; i < from + batch; i++) {
                    table.insert(txn, items[i]);
                }
                txn.commit();
            }
        }
    }
}
