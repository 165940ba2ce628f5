package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import dev.homeostat.stress.races.Patience;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** A flight against an owner that asks in a loop whether its operation has ended: it must come to see the end, with the result, however the loop is compiled. */
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "not at first, but then")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "at first")
@Outcome(expect = Expect.FORBIDDEN, desc = "never, or without the result")
@State
public class EndIsSeen {
    private final Flight<Item> flight = Runway.flight(new Noted());

    /** The flight's thread. */
    @Actor
    public void run() {
        flight.run();
    }

    /** The owner. */
    @Actor
    public void ask(ZZ_Result seen) {
        seen.r1 = flight.hasEnded(0);
        Patience patience = new Patience();
        while (!flight.hasEnded(0)) {
            if (patience.isOver()) {
                return;
            }
        }
        seen.r2 = flight.takeEnded().getFirst().outcome().equals(Noted.GIVEN);
    }
}
