package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A commit against a reader that asks for snapshots in a loop: it must come to see the commit, however the loop is compiled. */
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "not at first, but then")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "at first")
@Outcome(expect = Expect.FORBIDDEN, desc = "never")
@State
public class RootIsSeen {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final ReadTxn empty = db.readTxn();

    /** The writer. */
    @Actor
    public void commit() {
        db.write(table, txn -> table.insert(txn, new Item(1, 0)));
    }

    /** The reader. */
    @Actor
    @SuppressWarnings("ReferenceEquality") // another snapshot
    public void ask(ZZ_Result seen) {
        seen.r1 = db.readTxn() != empty;
        Patience patience = new Patience();
        while (db.readTxn() == empty) {
            if (patience.isOver()) {
                return;
            }
        }
        seen.r2 = true;
    }
}
