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

/** A part of a tree is replaced while the first watch on it is asked for: whether the watch came closed, and whether it is closed at the end. */
@JCStressTest
@Outcome(id = "false, true", expect = Expect.ACCEPTABLE, desc = "came open, was closed")
@Outcome(id = "true, true", expect = Expect.ACCEPTABLE, desc = "came closed")
@Outcome(expect = Expect.FORBIDDEN, desc = "stays open on a part that is gone")
@State
public class CloseAgainstWatch extends Watched {
    private @Nullable WatchToken token;

    /** The reader. */
    @Actor
    public void ask(ZZ_Result seen) {
        token = watch();
        seen.r1 = token.isClosed();
    }

    /** The writer. */
    @Actor
    public void replace() {
        close();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(ZZ_Result seen) {
        seen.r2 = token != null && token.isClosed();
    }
}
