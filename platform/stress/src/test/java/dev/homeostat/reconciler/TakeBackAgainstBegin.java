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
 * The owner takes back what has not begun while the flight's thread begins its two operations: what became of either (R run, T taken back), how many the owner
 * was told that it took back, and how many ended.
 */
@JCStressTest
@Outcome(id = "T, T, 2, 0", expect = Expect.ACCEPTABLE, desc = "before the first began")
@Outcome(id = "R, T, 1, 1", expect = Expect.ACCEPTABLE, desc = "while the first ran")
@Outcome(id = "R, R, 0, 2", expect = Expect.ACCEPTABLE, desc = "when nothing was left to take back")
@Outcome(expect = Expect.FORBIDDEN, desc = "one was run and taken back, or neither, or miscounted")
@State
public class TakeBackAgainstBegin {
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
    public void takeBack(LLLL_Result seen) {
        seen.r3 = flight.takeBack(0, Attempt::takeBack);
    }

    /** Looks at the end. */
    @Arbiter
    public void end(LLLL_Result seen) {
        seen.r1 = first.fate();
        seen.r2 = second.fate();
        seen.r4 = flight.takeEnded().size();
    }
}
