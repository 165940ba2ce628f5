package dev.homeostat.stress.lincheck;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableSpec;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.stress.races.Item;
import dev.homeostat.stress.races.NoTasks;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;

/** Transactions of one table, of the other, and of both. */
@Param(name = "amount", gen = IntGen.class, conf = "1:3")
public class TwoTables {
    private final Database db = NoTasks.database();
    private final RWTable<Item> left = db.create(TableSpec.of("left", Item.class, Item.ID));
    private final RWTable<Item> right = db.create(TableSpec.of("right", Item.class, Item.ID));

    /** Moves an amount from the one to the other; the tables are named in that order. */
    @Operation
    public void toTheRight(@Param(name = "amount") int amount) {
        move(left, right, amount);
    }

    /** Moves an amount back. */
    @Operation
    public void toTheLeft(@Param(name = "amount") int amount) {
        move(right, left, amount);
    }

    /** Adds to one table alone; gives the sum. */
    @Operation
    public int addLeft(@Param(name = "amount") int amount) {
        return db.write(left, txn -> add(left, txn, amount));
    }

    /** Adds to the other alone. */
    @Operation
    public int addRight(@Param(name = "amount") int amount) {
        return db.write(right, txn -> add(right, txn, amount));
    }

    /** What both have, in one snapshot. */
    @Operation
    public String both() {
        ReadTxn txn = db.readTxn();
        return Item.value(left, txn, 1) + " and " + Item.value(right, txn, 1);
    }

    private void move(RWTable<Item> from, RWTable<Item> to, int amount) {
        try (WriteTxn txn = db.writeTxn(from, to)) {
            add(from, txn, -amount);
            add(to, txn, amount);
            txn.commit();
        }
    }

    private static int add(RWTable<Item> table, WriteTxn txn, int amount) {
        int sum = Math.max(0, Item.value(table, txn, 1)) + amount;
        table.insert(txn, new Item(1, sum));
        return sum;
    }
}
