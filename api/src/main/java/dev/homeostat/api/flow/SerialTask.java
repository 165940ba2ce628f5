package dev.homeostat.api.flow;

import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Work that runs on an executor, never twice at a time. Asked for while it runs, it runs once more, on the thread that it has: so a body that is asked for by
 * what itself does is a loop and no recursion, and all its runs happen one after another, each seeing what the one before it did.
 *
 * <p>Safe for all threads.
 */
final class SerialTask {
    private final Executor executor;
    private final Runnable body;

    /** How often the body was asked for and no run has accounted for it; who raises it from zero is the owner until it is zero again. */
    private final AtomicInteger asked = new AtomicInteger();

    /** @param body must not throw */
    SerialTask(Executor executor, Runnable body) {
        this.executor = executor;
        this.body = body;
    }

    /**
     * Has the body run soon, and returns.
     *
     * @throws RuntimeException what the executor throws when it refuses; the body then never runs again, and the caller alone may do what it would have done
     */
    void ask() {
        if (asked.getAndIncrement() == 0) {
            try {
                executor.execute(this::runs);
            } catch (Error e) {
                throw new RejectedExecutionException("no thread to be had", e);
            }
        }
    }

    /** Runs the body on this thread, unless it is running or about to: then it runs there once more. */
    void askHere() {
        if (asked.getAndIncrement() == 0) {
            runs();
        }
    }

    private void runs() {
        int seen;
        do {
            seen = asked.get();
            body.run();
        } while (asked.addAndGet(-seen) != 0);
    }
}
