package dev.homeostat.reconciler;

import dev.homeostat.stress.races.Item;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LL_Result;

/** A thread of the operations' own gives a result while its batch ends: whether it was told that this came too late, and what is taken for the result. */
@JCStressTest
@Outcome(id = "accepted, given", expect = Expect.ACCEPTABLE, desc = "in time")
@Outcome(id = "refused, instead", expect = Expect.ACCEPTABLE, desc = "too late")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or refused and taken all the same")
@State
public class ResultAgainstClose {
    private final Noted task = new Noted();
    private final Entry<Item> entry = new Entry<>(Runway.attempt(task), task);

    /** The operations' thread. */
    @Actor
    public void give(LL_Result seen) {
        seen.r1 = Runway.give(entry);
    }

    /** The batch's thread. */
    @Actor
    public void close(LL_Result seen) {
        seen.r2 = entry.close(Noted.INSTEAD).equals(Noted.GIVEN) ? "given" : "instead";
    }
}
