package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLLL_Result;

/**
 * The owner settles what has ended and then takes back what has not begun, while the flight's thread works off two operations: what became of either (R run, T taken
 * back), how many the owner found ended at first, how many it was told that it took back, and how many it found with their results in all.
 */
@JCStressTest
@Outcome(id = "TT, 0, 2, 0", expect = Expect.ACCEPTABLE, desc = "before the first began")
@Outcome(id = "RT, 0, 1, 1", expect = Expect.ACCEPTABLE, desc = "while the first ran")
@Outcome(id = "RR, 2, 0, 2", expect = Expect.ACCEPTABLE, desc = "after both")
@Outcome(
        id = {"RT, 1, 1, 1", "RR, 1, 0, 2", "RR, 0, 0, 2"},
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "the first ended before the owner settled, or while it did")
@Outcome(
        expect = Expect.FORBIDDEN,
        desc = "one was run and taken back, or neither, or settled without its result, or miscounted")
@State
public class OwnerAgainstFlight {
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
    public void settleAndTakeBack(LLLL_Result seen) {
        seen.r2 = settle();
        seen.r3 = flight.takeBack(0, Attempt::takeBack);
    }

    /** Settles the rest. */
    @Arbiter
    public void end(LLLL_Result seen) {
        seen.r1 = first.fate() + second.fate();
        seen.r4 = (int) seen.r2 + settle();
    }

    private int settle() {
        int results = 0;
        for (Attempt<Item> attempt : flight.takeEnded()) {
            attempt.settle();
            results += attempt.outcome().equals(Noted.GIVEN) ? 1 : 0;
        }
        return results;
    }
}
