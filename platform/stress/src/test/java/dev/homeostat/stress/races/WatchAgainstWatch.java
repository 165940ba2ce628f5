package dev.homeostat.stress.races;

import dev.homeostat.statedb.watch.WatchToken;
import dev.homeostat.statedb.watch.Watched;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** Two readers ask for the first watch on a part of a tree, which is replaced later: both are told. */
@JCStressTest
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "both closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "one of them has a token that nobody will close")
@State
public class WatchAgainstWatch extends Watched {
    private @Nullable WatchToken ofOne;
    private @Nullable WatchToken ofOther;

    /** One reader. */
    @Actor
    public void one() {
        ofOne = watch();
    }

    /** The other. */
    @Actor
    public void other() {
        ofOther = watch();
    }

    /** Replaces the part, and looks. */
    @Arbiter
    public void end(ZZ_Result seen) {
        close();
        seen.r1 = ofOne != null && ofOne.isClosed();
        seen.r2 = ofOther != null && ofOther.isClosed();
    }
}
