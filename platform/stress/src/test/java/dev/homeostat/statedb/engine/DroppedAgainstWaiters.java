package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.DatabaseMetrics;
import dev.homeostat.stress.races.Item;
import dev.homeostat.stress.races.Tasks;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Two writers find the table locked by a transaction that was dropped: what each wrote, raising a row by one; the row at the end; and how often the dropped one
 * was found.
 */
@JCStressTest
@Outcome(
        id = {"1, 2, 2, 1", "2, 1, 2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one after the other")
@Outcome(expect = Expect.FORBIDDEN, desc = "both had the lock, or both gave it back")
@State
public class DroppedAgainstWaiters {
    private final AtomicInteger found = new AtomicInteger();
    private final MemoryDatabase db = new MemoryDatabase(
            new Tasks(),
            new DatabaseMetrics() {
                @Override
                public void transactionDropped(List<String> tables) {
                    found.incrementAndGet();
                }
            },
            false);
    private final StoredTable<Item> table = (StoredTable<Item>) db.create(Item.LEFT);

    /** A transaction that nobody ends; the garbage collector's part is played. */
    public DroppedAgainstWaiters() {
        db.writeTxn(table);
        requireNonNull(table.lock().holder()).clear();
    }

    /** One writer. */
    @Actor
    public void one(IIII_Result seen) {
        seen.r1 = increment();
    }

    /** The other. */
    @Actor
    public void other(IIII_Result seen) {
        seen.r2 = increment();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(IIII_Result seen) {
        seen.r3 = Item.value(table, db.readTxn(), 1);
        seen.r4 = found.get();
    }

    private int increment() {
        try (WriteTxn txn = db.writeTxn(table)) {
            int next = Math.max(0, Item.value(table, txn, 1)) + 1;
            table.insert(txn, new Item(1, next));
            txn.commit();
            return next;
        }
    }
}
