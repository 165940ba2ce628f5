package dev.homeostat.stress.races;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * One of two change iterators is closed while a commit, which tends the graveyard by the way, comes: the iterators that the writer found, and the deletes
 * that the other iterator is given.
 */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "closed before")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "closed later")
@Outcome(expect = Expect.FORBIDDEN, desc = "a delete was collected that an open iterator has not seen")
@State
public class CloseAgainstCommit {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final ChangeIterator<Item> leaves = table.changes();
    private final ChangeIterator<Item> stays = table.changes();

    /** One delete that neither has seen. */
    public CloseAgainstCommit() {
        db.write(table, txn -> table.insert(txn, new Item(1, 0)));
        db.write(table, txn -> table.delete(txn, new Item(1, 0)));
    }

    /** The follower that leaves. */
    @Actor
    public void close() {
        leaves.close();
    }

    /** The writer. */
    @Actor
    public void commit(II_Result seen) {
        seen.r1 = table.stats().changeIterators();
        db.write(table, txn -> table.insert(txn, new Item(2, 0)));
    }

    /** The follower that stays. */
    @Arbiter
    public void end(II_Result seen) {
        for (Change<Item> change : stays.next(db.readTxn())) {
            seen.r2 += change instanceof Change.Delete ? 1 : 0;
        }
        stays.close();
    }
}
