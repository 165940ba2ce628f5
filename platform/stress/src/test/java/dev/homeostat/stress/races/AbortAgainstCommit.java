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
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A transaction is committed by the thread that writes, and aborted by another one, as when a plugin stops: whether the commit returned, and the row that is there then. */
@JCStressTest
@Outcome(id = "true, 7", expect = Expect.ACCEPTABLE, desc = "committed")
@Outcome(id = "false, -1", expect = Expect.ACCEPTABLE, desc = "aborted")
@Outcome(expect = Expect.FORBIDDEN, desc = "a commit that returned is lost, or one that was refused is there")
@State
public class AbortAgainstCommit {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final WriteTxn txn = db.writeTxn(table);

    /** A transaction with a row. */
    public AbortAgainstCommit() {
        table.insert(txn, new Item(1, 7));
    }

    /** The writer. */
    @Actor
    public void commit(ZI_Result seen) {
        try {
            txn.commit();
            seen.r1 = true;
        } catch (IllegalStateException e) {
            seen.r1 = false;
        }
    }

    /** The owner. */
    @Actor
    public void abort() {
        txn.abort();
    }

    /** Looks at the end; and the table can be locked. */
    @Arbiter
    public void end(ZI_Result seen) {
        db.writeTxn(table).abort();
        seen.r2 = Item.value(table, db.readTxn(), 1);
    }
}
