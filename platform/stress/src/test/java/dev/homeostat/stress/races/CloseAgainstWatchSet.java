package dev.homeostat.stress.races;

import dev.homeostat.api.db.WatchSet;
import dev.homeostat.statedb.watch.WatchToken;
import java.time.Duration;
import java.util.Set;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** A thread adds a watch to a set and waits for any of it while that watch closes: whether it was given in time, and the watches that are left. */
@JCStressTest
@Outcome(id = "true, 1", expect = Expect.ACCEPTABLE, desc = "given")
@Outcome(expect = Expect.FORBIDDEN, desc = "slept on, or given and not forgotten")
@State
public class CloseAgainstWatchSet {
    private final WatchToken token = new WatchToken();
    private final WatchSet<String> set = new WatchSet<>();

    /** A set with one watch that stays open. */
    public CloseAgainstWatchSet() {
        set.add("open", new WatchToken());
    }

    /** Adds and waits. */
    @Actor
    public void await(ZI_Result seen) {
        Patience patience = new Patience();
        set.add("raced", token);
        try {
            seen.r1 = set.awaitSettled(patience.time(), Duration.ZERO).equals(Set.of("raced")) && !patience.isOver();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Closes. */
    @Actor
    public void close() {
        token.close();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(ZI_Result seen) {
        seen.r2 = set.size();
    }
}
