package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.III_Result;

/**
 * The owner settles what has ended while the flight's thread works off two operations: how many it found then, how many of all were without their results, and
 * how many it found in all.
 */
@JCStressTest
@Outcome(id = "0, 0, 2", expect = Expect.ACCEPTABLE, desc = "before the first ended")
@Outcome(id = "1, 0, 2", expect = Expect.ACCEPTABLE, desc = "between the two")
@Outcome(id = "2, 0, 2", expect = Expect.ACCEPTABLE, desc = "after both")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was given without its result, or not exactly once")
@State
public class SettleAgainstEnd {
    private final Noted first = new Noted();
    private final Noted second = new Noted();
    private final Flight<Item> flight = Runway.flight(first, second);

    /** The flight's thread. */
    @Actor
    public void run() {
        flight.run();
    }

    /** The owner. */
    @Actor
    public void settle(III_Result seen) {
        settled(seen);
        seen.r1 = seen.r3;
    }

    /** Settles the rest. */
    @Arbiter
    public void end(III_Result seen) {
        settled(seen);
    }

    private void settled(III_Result seen) {
        List<Attempt<Item>> ended = flight.takeEnded();
        for (Attempt<Item> attempt : ended) {
            attempt.settle();
            seen.r2 += attempt.outcome().equals(Noted.GIVEN) ? 0 : 1;
        }
        seen.r3 += ended.size();
    }
}
