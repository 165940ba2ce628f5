package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** A snapshot that is read while its table is written to: the nodes that it sees are those of its time. */
@JCStressTest
@Outcome(id = "2, 2, 1, 2", expect = Expect.ACCEPTABLE, desc = "the commit came later")
@Outcome(id = "2, 2, 1, 3", expect = Expect.ACCEPTABLE, desc = "the commit came before")
@Outcome(expect = Expect.FORBIDDEN, desc = "what was published was written to")
@State
public class HeldSnapshot {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final ReadTxn held;

    /** A table with two rows, and a snapshot of it. */
    public HeldSnapshot() {
        db.write(table, txn -> {
            table.insert(txn, new Item(1, 1));
            return table.insert(txn, new Item(2, 1));
        });
        held = db.readTxn();
    }

    /** The writer: one row more, and one row in another version. */
    @Actor
    public void commit() {
        try (WriteTxn txn = db.writeTxn(table)) {
            table.insert(txn, new Item(3, 1));
            table.insert(txn, new Item(1, 2));
            txn.commit();
        }
    }

    /** The reader. */
    @Actor
    public void read(IIII_Result seen) {
        seen.r1 = Item.walk(table.all(held));
        seen.r2 = Item.walk(table.byRevision(held, 0));
        seen.r3 = Item.value(table, held, 1);
        seen.r4 = Item.walk(table.all(db.readTxn()));
    }
}
