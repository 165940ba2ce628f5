package dev.homeostat.stress.races;

import dev.homeostat.statedb.watch.WatchToken;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A thread goes to sleep on a watch while it closes: whether it woke before its time was up, and the listeners that are left. */
@JCStressTest
@Outcome(id = "true, 0", expect = Expect.ACCEPTABLE, desc = "woke")
@Outcome(expect = Expect.FORBIDDEN, desc = "slept on, or left its listener behind")
@State
public class CloseAgainstWaiter {
    private final WatchToken token = new WatchToken();

    /** Waits. */
    @Actor
    public void await(ZI_Result seen) {
        Patience patience = new Patience();
        try {
            seen.r1 = token.await(patience.time()) && !patience.isOver();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes. */
    @Actor
    public void close() {
        token.close();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(ZI_Result seen) {
        seen.r2 = token.listeners();
    }
}
