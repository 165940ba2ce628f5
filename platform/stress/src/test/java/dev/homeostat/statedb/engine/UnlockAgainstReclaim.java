package dev.homeostat.statedb.engine;

import dev.homeostat.statedb.DatabaseMetrics;
import dev.homeostat.stress.races.Item;
import dev.homeostat.stress.races.Tasks;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZZ_Result;

/** A lock is given back by who has it while another takes it away from that one, and then takes it: who of the two gave it back, and whose it is at the end. */
@JCStressTest
@Outcome(id = "true, false, true", expect = Expect.ACCEPTABLE, desc = "given back, then taken")
@Outcome(id = "false, true, true", expect = Expect.ACCEPTABLE, desc = "taken away; giving back came late")
@Outcome(expect = Expect.FORBIDDEN, desc = "given back twice, or the new holder lost it")
@State
public class UnlockAgainstReclaim {
    private static final MemoryDatabase DB = new MemoryDatabase(new Tasks(), DatabaseMetrics.NONE, false);
    private static final WriteTransaction SOME = DB.writeTxn(DB.create(Item.LEFT));

    private final TableLock lock = new TableLock();
    private final Hold first = hold();
    private final Hold second = hold();

    /** A lock that the first has. */
    public UnlockAgainstReclaim() {
        lock.lock(first);
    }

    /** The first is done. */
    @Actor
    public void unlock(ZZZ_Result seen) {
        seen.r1 = lock.unlock(first);
    }

    /** The second takes the lock away from the first, and then for itself. */
    @Actor
    public void reclaim(ZZZ_Result seen) {
        seen.r2 = lock.unlock(first);
        lock.lock(second);
    }

    /** Looks at the end. */
    @Arbiter
    public void end(ZZZ_Result seen) {
        seen.r3 = lock.unlock(second);
    }

    private static Hold hold() {
        return new Hold(SOME, new StoredTable<?>[0], null, null, Thread.currentThread());
    }
}
