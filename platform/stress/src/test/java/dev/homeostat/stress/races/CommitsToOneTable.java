package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.WriteTxn;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two transactions that each read a row and write it raised by one: the lock of the table keeps both. */
@JCStressTest
@Outcome(
        id = {"1, 2, 2", "2, 1, 2"},
        expect = Expect.ACCEPTABLE,
        desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "one overwrote the other")
@State
public class CommitsToOneTable {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);

    /** One writer. */
    @Actor
    public void one(III_Result seen) {
        seen.r1 = increment();
    }

    /** The other. */
    @Actor
    public void other(III_Result seen) {
        seen.r2 = increment();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(III_Result seen) {
        seen.r3 = Item.value(table, db.readTxn(), 1);
    }

    private int increment() {
        try (WriteTxn txn = db.writeTxn(table)) {
            int next = Math.max(0, Item.value(table, txn, 1)) + 1;
            table.insert(txn, new Item(1, next));
            txn.commit();
            return next;
        }
    }
}
