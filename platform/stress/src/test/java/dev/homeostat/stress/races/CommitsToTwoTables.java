package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.WriteTxn;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/** Commits to different tables, which lock nothing in common but the root: what each commit found of the other, and what is there at the end. */
@JCStressTest
@Outcome(
        id = {"0, 1, 1, 1", "1, 0, 1, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "the second found the first")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was lost")
@State
public class CommitsToTwoTables {
    private final Database db = NoTasks.database();
    private final RWTable<Item> left = db.create(Item.LEFT);
    private final RWTable<Item> right = db.create(Item.RIGHT);

    /** One writer. */
    @Actor
    public void left(IIII_Result seen) {
        seen.r1 = (int) right.count(commit(left));
    }

    /** The other. */
    @Actor
    public void right(IIII_Result seen) {
        seen.r2 = (int) left.count(commit(right));
    }

    /** Looks at the end. */
    @Arbiter
    public void end(IIII_Result seen) {
        seen.r3 = (int) left.count(db.readTxn());
        seen.r4 = (int) right.count(db.readTxn());
    }

    private ReadTxn commit(RWTable<Item> table) {
        try (WriteTxn txn = db.writeTxn(table)) {
            table.insert(txn, new Item(1, 0));
            return txn.commit();
        }
    }
}
