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

/** A commit of two tables against a reader of both: rows in the second, then in the first, counted; then the first in a newer snapshot. */
@JCStressTest
@Outcome(id = "0, 0, 0, 0", expect = Expect.ACCEPTABLE, desc = "all before the commit")
@Outcome(id = "0, 0, 0, 1", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the commit came between the snapshots")
@Outcome(id = "1, 1, 7, 1", expect = Expect.ACCEPTABLE, desc = "all after the commit")
@Outcome(expect = Expect.FORBIDDEN, desc = "half a commit, or time goes backward")
@State
public class RootPublication {
    private final Database db = NoTasks.database();
    private final RWTable<Item> left = db.create(Item.LEFT);
    private final RWTable<Item> right = db.create(Item.RIGHT);

    /** The writer. */
    @Actor
    public void commit() {
        try (WriteTxn txn = db.writeTxn(left, right)) {
            left.insert(txn, new Item(1, 7));
            right.insert(txn, new Item(1, 7));
            txn.commit();
        }
    }

    /** The reader. */
    @Actor
    public void read(IIII_Result seen) {
        ReadTxn txn = db.readTxn();
        seen.r1 = Item.walk(right.all(txn));
        seen.r2 = (int) left.count(txn);
        seen.r3 = Math.max(0, Item.value(left, txn, 1));
        seen.r4 = (int) left.count(db.readTxn());
    }
}
