package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.stress.races.Item;
import java.util.List;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * The owner gives a batch up, as {@link Slots} does at the deadline, while its thread comes to it: what the operations were told of the result that they gave, and
 * what the owner took for it.
 */
@JCStressTest
@Outcome(id = "accepted, given", expect = Expect.ACCEPTABLE, desc = "in time, or never given up")
@Outcome(id = "refused, instead", expect = Expect.ACCEPTABLE_INTERESTING, desc = "given up while it was called")
@Outcome(id = "not asked, instead", expect = Expect.ACCEPTABLE_INTERESTING, desc = "given up before it was called")
@Outcome(expect = Expect.FORBIDDEN, desc = "a result was accepted and lost, or refused and taken")
@State
public class GiveUpAgainstBatch {
    private final Noted task = new Noted();
    private final Flight<Item> flight = Runway.batch(entries -> call(entries.getFirst()), task);
    private volatile String told = "not asked";

    /** The flight's thread. */
    @Actor
    public void run() {
        flight.run();
    }

    /** The owner. */
    @Actor
    public void giveUp() {
        Runway.awaitBegin(flight);
        List<Attempt<Item>> running = flight.running();
        if (!running.isEmpty()) {
            flight.cancel(true);
            running.forEach(attempt -> attempt.abandon(Noted.INSTEAD));
        }
    }

    /** Settles what ended. */
    @Arbiter
    public void end(LL_Result seen) {
        flight.takeEnded().forEach(Attempt::settle);
        seen.r1 = told;
        seen.r2 = task.ended();
    }

    private void call(BatchEntry<Item> entry) {
        for (int i = 0; i < 20 && !entry.isCancelled(); i++) {
            Thread.onSpinWait();
        }
        told = Runway.give(entry);
    }
}
