package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Watch;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A commit against a reader that finds nothing and asks for watches: on the key that is missing, on the key before it, which is changed, and on the table.
 * Each listener tells what the newest snapshot had when it was called; 9 says that it was never called.
 */
@JCStressTest
@Outcome(id = "-1, 1, 1, 1", expect = Expect.ACCEPTABLE, desc = "found nothing, was woken, found the commit")
@Outcome(id = "1, 9, 9, 9", expect = Expect.ACCEPTABLE, desc = "found the commit, was not woken")
@Outcome(expect = Expect.FORBIDDEN, desc = "a wake-up was lost, came too early, or came for nothing")
@State
public class CommitWakes {
    private static final int NEVER = 9;
    private static final Query<Item> CHANGED = Item.ID.query(1L);
    private static final Query<Item> MISSING = Item.ID.query(2L);

    private final Database db = NoTasks.database();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private volatile int byMissing = NEVER;
    private volatile int byChanged = NEVER;
    private volatile int byTable = NEVER;

    /** A table with one row. */
    public CommitWakes() {
        db.write(table, txn -> table.insert(txn, new Item(1, 0)));
    }

    /** The writer. */
    @Actor
    public void commit() {
        db.write(table, txn -> {
            table.insert(txn, new Item(1, 1));
            return table.insert(txn, new Item(2, 1));
        });
    }

    /** The reader. */
    @Actor
    public void watch(IIII_Result seen) {
        ReadTxn txn = db.readTxn();
        seen.r1 = Item.value(table, txn, 2);
        Watch missing = table.watch(txn, MISSING);
        Watch changed = table.watch(txn, CHANGED);
        Watch all = table.all(txn).watch();
        missing.onClose(() -> byMissing = newest());
        changed.onClose(() -> byChanged = newest());
        all.onClose(() -> byTable = newest());
    }

    /** Looks at the end. */
    @Arbiter
    public void end(IIII_Result seen) {
        seen.r2 = byMissing;
        seen.r3 = byChanged;
        seen.r4 = byTable;
    }

    private int newest() {
        return Item.value(table, db.readTxn(), 2);
    }
}
