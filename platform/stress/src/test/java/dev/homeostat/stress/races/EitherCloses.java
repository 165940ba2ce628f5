package dev.homeostat.stress.races;

import dev.homeostat.statedb.watch.EitherWatch;
import dev.homeostat.statedb.watch.WatchToken;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.II_Result;

/** Both halves of a write transaction's watch close at once: the thread that calls the listener (1 the answer's, 2 the abort's), and how often. */
@JCStressTest
@Outcome(
        id = {"1, 1", "2, 1"},
        expect = Expect.ACCEPTABLE,
        desc = "one of them calls it")
@Outcome(expect = Expect.FORBIDDEN, desc = "both call it, or none")
@State
public class EitherCloses {
    private final WatchToken answer = new WatchToken();
    private final WatchToken abort = new WatchToken();
    private final AtomicInteger calls = new AtomicInteger();
    private volatile long answering;
    private volatile long calling;

    /** A listener on both. */
    public EitherCloses() {
        new EitherWatch(answer, abort).onClose(() -> {
            calling = Thread.currentThread().threadId();
            calls.incrementAndGet();
        });
    }

    /** Closes one half. */
    @Actor
    public void answer() {
        answering = Thread.currentThread().threadId();
        answer.close();
    }

    /** Closes the other. */
    @Actor
    public void abort() {
        abort.close();
    }

    /** Looks at the end. */
    @Arbiter
    public void end(II_Result seen) {
        seen.r1 = calling == answering ? 1 : 2;
        seen.r2 = calls.get();
    }
}
