package dev.homeostat.reconciler;

import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * Two threads post an event each: how often either was taken in, whether two were at a turn at once, and how many threads ran turns.
 */
@JCStressTest
@Outcome(id = "1, 1, 0, 1", expect = Expect.ACCEPTABLE, desc = "one thread took both")
@Outcome(id = "1, 1, 0, 2", expect = Expect.ACCEPTABLE, desc = "each took its own")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event was lost or taken twice, or there were two owners")
@State
public class PostAgainstPost {
    private final Turns machine = new Turns();
    private final EventLoop loop = Runway.loop(machine);

    /** One. */
    @Actor
    public void one() {
        loop.post(Event.Look.AT_THE_TABLE);
    }

    /** The other. */
    @Actor
    public void other() {
        loop.post(Event.Look.AT_THE_CLOCK);
    }

    /** Looks at the end. */
    @Arbiter
    public void end(IIII_Result seen) {
        seen.r1 = machine.taken(Event.Look.AT_THE_TABLE);
        seen.r2 = machine.taken(Event.Look.AT_THE_CLOCK);
        seen.r3 = machine.atOnce();
        seen.r4 = machine.owners();
    }
}
