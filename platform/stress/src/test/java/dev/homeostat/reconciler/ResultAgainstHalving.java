package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.stress.races.Item;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/**
 * A call of a batch leaves an entry to another thread and throws, and the batch is halved, while that thread gives the result: what it was told, and what the
 * owner took for the result.
 */
@JCStressTest
@Outcome(id = "accepted, given", expect = Expect.ACCEPTABLE, desc = "before the halves were called")
@Outcome(id = "refused, instead", expect = Expect.ACCEPTABLE, desc = "after the call was over")
@Outcome(id = "nothing given, instead", expect = Expect.ACCEPTABLE_INTERESTING, desc = "the thread never had it")
@Outcome(expect = Expect.FORBIDDEN, desc = "a result was accepted and lost, or refused and taken")
@State
public class ResultAgainstHalving {
    private final Noted task = new Noted();
    private final Flight<Item> flight = Runway.batch(this::call, task, new Noted());
    private volatile @Nullable BatchEntry<Item> left;

    /** The flight's thread. */
    @Actor
    public void run() {
        flight.run();
    }

    /** The operations' own thread. */
    @Actor
    public void give(LL_Result seen) {
        Runway.awaitBegin(flight);
        BatchEntry<Item> entry = left;
        for (int i = 0; i < 200 && entry == null; i++) {
            Thread.onSpinWait();
            entry = left;
        }
        seen.r1 = entry == null ? "nothing given" : Runway.give(entry);
    }

    /** Settles what ended. */
    @Arbiter
    public void end(LL_Result seen) {
        flight.takeEnded().forEach(Attempt::settle);
        seen.r2 = task.ended();
    }

    private void call(List<BatchEntry<Item>> entries) {
        if (entries.size() > 1) {
            left = entries.getFirst();
            throw new IllegalStateException("one of them is bad");
        }
        entries.getFirst().result(Noted.INSTEAD);
    }
}
