package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * A thread keeps the next flight for itself while somebody posts so much that it has to give the flight a thread of its own: how often the end of that flight and the
 * others' events were taken in, how often it ran, and whether two were at a turn at once.
 */
@JCStressTest
@Outcome(id = "1, 40, 1, 0", expect = Expect.ACCEPTABLE, desc = "all of it, once")
@Outcome(expect = Expect.FORBIDDEN, desc = "an event or the flight was lost or doubled, or there were two owners")
@State
public class PostAgainstKept {
    private static final int POSTS = 40;

    private final Noted operation = new Noted();
    private final Flight<Item> first = Runway.flight(new Noted());
    private final Flight<Item> kept = Runway.flight(operation);
    private final Turns machine = new Turns(new Event.Ended(first), kept);
    private final EventLoop loop = Runway.loop(machine);

    /** Makes the machine known to the loop that launches for it. */
    public PostAgainstKept() {
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
        Runway.awaitBegin(first);
        for (int i = 0; i < POSTS; i++) {
            loop.post(Event.Look.AT_THE_CLOCK);
        }
    }

    /** Looks at the end. */
    @Arbiter
    public void end(IIII_Result seen) {
        seen.r1 = machine.taken(new Event.Ended(kept));
        seen.r2 = machine.taken(Event.Look.AT_THE_CLOCK);
        seen.r3 = operation.runs();
        seen.r4 = machine.atOnce();
    }
}
