package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LLL_Result;

/**
 * The owner takes back what has not begun and interrupts what runs, while the flight's thread goes from the first operation to the second, and on to another flight:
 * what became of either operation (I: it was interrupted, R: it ran in peace, C: it was called off at its beginning, T: it was taken back), and whom the interrupt
 * reached after them.
 */
@JCStressTest
@Outcome(id = "I, T, nobody", expect = Expect.ACCEPTABLE, desc = "the first was interrupted")
@Outcome(id = "R, R, nobody", expect = Expect.ACCEPTABLE, desc = "too late for either")
@Outcome(id = "R, T, nobody", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the first had just done its work")
@Outcome(id = "R, I, nobody", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the second was interrupted")
@Outcome(
        id = {"C, T, nobody", "R, C, nobody"},
        expect = Expect.ACCEPTABLE_INTERESTING,
        desc = "one was about to be called")
@Outcome(id = "T, T, nobody", expect = Expect.ACCEPTABLE_INTERESTING, desc = "before the first")
@Outcome(expect = Expect.FORBIDDEN, desc = "an interrupt that was meant for another")
@State
public class InterruptAgainstEnd {
    private final Interruptible first = new Interruptible();
    private final Interruptible second = new Interruptible();
    private final Interruptible other = new Interruptible();
    private final Flight<Item> flight = Runway.flight(first, second);
    private final Flight<Item> next = Runway.flight(other);

    /** The flight's thread. */
    @Actor
    public void run(LLL_Result seen) {
        flight.run();
        boolean left = Thread.interrupted();
        next.run();
        boolean leftLater = Thread.interrupted();
        seen.r3 = left || leftLater ? "the thread" : other.interrupted ? "the next flight" : "nobody";
    }

    /** The owner. */
    @Actor
    public void cancel() {
        Runway.awaitBegin(flight);
        flight.takeBack(0, Attempt::takeBack);
        flight.cancel(true);
    }

    /** Looks at the end. */
    @Arbiter
    public void end(LLL_Result seen) {
        flight.takeEnded().forEach(Attempt::settle);
        seen.r1 = first.letter();
        seen.r2 = second.letter();
    }

    private static final class Interruptible extends Noted {
        private volatile boolean interrupted;

        String letter() {
            return interrupted ? "I" : runs() == 0 && ended().equals("another") ? "C" : fate();
        }

        @Override
        void work() {
            for (int i = 0; i < 50 && !interrupted; i++) {
                interrupted = Thread.currentThread().isInterrupted();
                Thread.onSpinWait();
            }
        }
    }
}
