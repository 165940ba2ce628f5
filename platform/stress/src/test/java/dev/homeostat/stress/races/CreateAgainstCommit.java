package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** A table is created while another is committed to: rows that the creator found in the other, then tables and rows at the end. */
@JCStressTest
@Outcome(
        id = {"0, 2, 1", "1, 2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "both are there")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was lost")
@State
public class CreateAgainstCommit {
    private final Database db = NoTasks.database();
    private final RWTable<Item> left = db.create(Item.LEFT);

    /** The writer. */
    @Actor
    public void commit() {
        db.write(left, txn -> left.insert(txn, new Item(1, 0)));
    }

    /** The creator. */
    @Actor
    public void create(III_Result seen) {
        seen.r1 = (int) left.count(db.readTxn());
        db.create(Item.RIGHT);
    }

    /** Looks at the end. */
    @Arbiter
    public void end(III_Result seen) {
        seen.r2 = db.tables().size();
        seen.r3 = (int) left.count(db.readTxn());
    }
}
