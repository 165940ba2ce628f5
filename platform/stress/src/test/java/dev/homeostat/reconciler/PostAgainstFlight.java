package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIIII_Result;

/**
 * A flight ends, its thread brings the event and would take the next flight with it, while somebody posts: how often the end of either flight and the other event were
 * taken in, how often the next flight ran, and whether two were at a turn at once.
 */
@JCStressTest
@Outcome(id = "1, 1, 1, 1, 0", expect = Expect.ACCEPTABLE, desc = "all of it, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event or the next flight was lost, or there were two owners")
@State
public class PostAgainstFlight {
    private final Noted operation = new Noted();
    private final Flight<Item> first = Runway.flight(new Noted());
    private final Flight<Item> next = Runway.flight(operation);
    private final Turns machine = new Turns(new Event.Ended(first), next);
    private final EventLoop loop = Runway.loop(machine);

    /** Makes the machine known to the loop that launches for it. */
    public PostAgainstFlight() {
        machine.launchBy(loop);
    }

    /** The flight's thread. */
    @Actor
    public void run() {
        loop.run(first);
    }

    /** Somebody. */
    @Actor
    public void post() {
        loop.post(Event.Look.AT_THE_CLOCK);
    }

    /** Looks at the end. */
    @Arbiter
    public void end(IIIII_Result seen) {
        seen.r1 = machine.taken(new Event.Ended(first));
        seen.r2 = machine.taken(new Event.Ended(next));
        seen.r3 = machine.taken(Event.Look.AT_THE_CLOCK);
        seen.r4 = operation.runs();
        seen.r5 = machine.atOnce();
    }
}
