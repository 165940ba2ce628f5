package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.Watch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/**
 * A table is removed while a reader asks for a watch on it: whether the reader still found the table, and the tables that it found when it was woken, 9 if it
 * never was.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "found it, was woken, found it gone")
@Outcome(id = "0, 9", expect = Expect.ACCEPTABLE, desc = "was told that it is gone")
@Outcome(expect = Expect.FORBIDDEN, desc = "waits for a table that is gone, or was woken too early")
@State
public class RemoveAgainstWatch {
    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private volatile int found = 9;

    /** A table with a row. */
    public RemoveAgainstWatch() {
        db.write(table, txn -> table.insert(txn, new Item(1, 0)));
    }

    /** The owner. */
    @Actor
    public void remove() {
        db.remove(table);
    }

    /** The reader. */
    @Actor
    public void watch(II_Result seen) {
        Watch watch;
        try {
            watch = table.watch(db.readTxn(), Item.ID.query(1L));
        } catch (TableRemovedException e) {
            return;
        }
        seen.r1 = 1;
        watch.onClose(() -> found = db.tables().size());
    }

    /** Looks at the end. */
    @Arbiter
    public void end(II_Result seen) {
        seen.r2 = found;
    }
}
