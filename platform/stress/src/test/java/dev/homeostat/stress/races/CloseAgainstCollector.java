package dev.homeostat.stress.races;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import java.util.Iterator;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.JJ_Result;

/**
 * The last change iterator that holds up the graveyard is closed while the collector is at work on what it had seen: the graves after the collector's run,
 * and those at the end, when all that was asked of it has run.
 */
@JCStressTest
@Outcome(id = "1, 0", expect = Expect.ACCEPTABLE, desc = "closed later: asked for another run")
@Outcome(id = "0, 0", expect = Expect.ACCEPTABLE, desc = "closed before: all in one run")
@Outcome(expect = Expect.FORBIDDEN, desc = "a grave is left for ever")
@State
public class CloseAgainstCollector {
    private final Tasks tasks = new Tasks();
    private final Database db = tasks.newDatabase();
    private final RWTable<Item> table = db.create(Item.LEFT);
    private final ChangeIterator<Item> changes = table.changes();

    /** Two deletes, of which the iterator has taken one: the collector is asked to come. */
    public CloseAgainstCollector() {
        for (long id = 1; id <= 2; id++) {
            Item item = new Item(id, 0);
            db.write(table, txn -> table.insert(txn, item));
        }
        for (long id = 1; id <= 2; id++) {
            Item item = new Item(id, 0);
            db.write(table, txn -> table.delete(txn, item));
        }
        Changes<Item> seen = changes.next(db.readTxn());
        Iterator<Change<Item>> iterator = seen.iterator();
        iterator.next();
        tasks.runAll();
        ChangeIterator<Item> waker = table.changes();
        waker.close();
    }

    /** The collector. */
    @Actor
    public void collect(JJ_Result seen) {
        tasks.runOne();
        seen.r1 = table.stats().graveyard();
    }

    /** The follower. */
    @Actor
    public void close() {
        changes.close();
    }

    /** Lets the collector finish, and looks. */
    @Arbiter
    public void end(JJ_Result seen) {
        tasks.runAll();
        seen.r2 = table.stats().graveyard();
    }
}
