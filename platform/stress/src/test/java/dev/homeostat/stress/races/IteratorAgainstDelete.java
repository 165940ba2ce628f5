package dev.homeostat.stress.races;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * The first change iterator of a table is opened while a row is deleted: what it gave at once, and what it gave at the end. 0 is nothing, 1 the update, 2 the
 * delete.
 */
@JCStressTest
@Outcome(id = "1, 2", expect = Expect.ACCEPTABLE, desc = "opened before: saw the row, then its delete")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "opened after: there never was a row")
@Outcome(id = "2, 0", expect = Expect.ACCEPTABLE_INTERESTING, desc = "opened before, looked after: the delete only")
@Outcome(expect = Expect.FORBIDDEN, desc = "the delete was lost, or came twice")
@State
public class IteratorAgainstDelete {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private @Nullable ChangeIterator<Item> changes;

    /** A table with one row. */
    public IteratorAgainstDelete() {
        db.write(table, txn -> table.insert(txn, new Item(1, 0)));
    }

    /** The writer. */
    @Actor
    public void delete() {
        db.write(table, txn -> table.delete(txn, new Item(1, 0)));
    }

    /** The follower. */
    @Actor
    public void follow(II_Result seen) {
        ChangeIterator<Item> opened = table.changes();
        changes = opened;
        seen.r1 = next(opened);
    }

    /** Follows to the end. */
    @Arbiter
    public void end(II_Result seen) {
        ChangeIterator<Item> opened = changes;
        if (opened != null) {
            seen.r2 = next(opened);
            opened.close();
        }
    }

    private int next(ChangeIterator<Item> opened) {
        int all = 0;
        for (Change<Item> change : opened.next(db.readTxn())) {
            all = all * 10 + (change instanceof Change.Update ? 1 : 2);
        }
        return all;
    }
}
