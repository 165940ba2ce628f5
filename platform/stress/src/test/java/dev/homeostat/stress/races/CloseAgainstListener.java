package dev.homeostat.stress.races;

import dev.homeostat.statedb.watch.WatchToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** A watch closes while a listener is added: the thread that calls the listener (1 adds, 2 closes), and how often it is called. */
@JCStressTest
@Outcome(id = "1, 1", expect = Expect.ACCEPTABLE, desc = "closed already: called by who adds it")
@Outcome(id = "2, 1", expect = Expect.ACCEPTABLE, desc = "called by who closes")
@Outcome(expect = Expect.FORBIDDEN, desc = "lost, or called twice")
@State
public class CloseAgainstListener {
    private final WatchToken token = new WatchToken();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile long adder;
    private volatile long caller;

    /** Adds the listener. */
    @Actor
    public void add() {
        adder = Thread.currentThread().threadId();
        token.onClose(() -> {
            caller = Thread.currentThread().threadId();
            calls.incrementAndGet();
        });
    }

    /** Closes the watch. */
    @Actor
    public void close() {
        token.close();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(II_Result seen) {
        seen.r1 = caller == adder ? 1 : 2;
        seen.r2 = calls.get();
    }
}
