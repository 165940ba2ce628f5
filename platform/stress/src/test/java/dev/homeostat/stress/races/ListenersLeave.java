package dev.homeostat.stress.races;

import dev.homeostat.api.db.Watch;
import dev.homeostat.statedb.watch.WatchToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/** Two listeners that stand side by side give up at once: those that stay linked, and the calls to the two that stay and the two that left. */
@JCStressTest
@Outcome(id = "2, 2, 0", expect = Expect.ACCEPTABLE, desc = "both left, and nobody else")
@Outcome(expect = Expect.FORBIDDEN, desc = "one stays behind as garbage, or took others with it")
@State
public class ListenersLeave {
    private final WatchToken token = new WatchToken();
    private final AtomicInteger stayed = new AtomicInteger();
    private final AtomicInteger left = new AtomicInteger();
    private final Watch.Registration one;
    private final Watch.Registration other;

    /** Four listeners; the two in the middle will leave. */
    public ListenersLeave() {
        token.onClose(stayed::incrementAndGet);
        one = token.onClose(left::incrementAndGet);
        other = token.onClose(left::incrementAndGet);
        token.onClose(stayed::incrementAndGet);
    }

    /** One gives up. */
    @Actor
    public void one() {
        one.close();
    }

    /** So does the other. */
    @Actor
    public void other() {
        other.close();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(III_Result seen) {
        seen.r1 = token.listeners();
        token.close();
        seen.r2 = stayed.get();
        seen.r3 = left.get();
    }
}
