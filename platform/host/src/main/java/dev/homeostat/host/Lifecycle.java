package dev.homeostat.host;

import dev.homeostat.host.plugin.Deadline;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The one thread on which plugins are loaded, started and stopped. */
final class Lifecycle implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Lifecycle.class);

    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("homeostat-lifecycle").daemon().factory());
    private final Set<Future<?>> pending = new HashSet<>(); // guarded by this
    private boolean ending; // guarded by this

    /** Something to do there. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /**
     * Does it, and waits for it.
     *
     * @throws IllegalStateException if something is done, or was, instead of all else
     */
    void run(Step step) throws ExecutionException, InterruptedException {
        submit(step).get();
    }

    /** Interrupts what is being done, and does this instead of all that was to be done as the last thing of all, and waits for it until the deadline. */
    void runInstead(Step step, Deadline deadline) throws ExecutionException, InterruptedException, TimeoutException {
        submitInstead(step).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    /** Does it when all that was asked for before is done; what it throws is logged. Nothing is done when the host stops meanwhile. */
    synchronized void later(String what, Step step) {
        if (ending) {
            return;
        }
        Future<?> _ = submit(() -> {
            try {
                step.run();
            } catch (InterruptedException e) {
                LOG.debug("{}: the host stops", what, e);
            } catch (Throwable e) { // nobody asks this future what came of it
                LOG.error("{} failed", what, e);
            }
        });
    }

    private synchronized Future<?> submitInstead(Step step) {
        pending.forEach(future -> future.cancel(true));
        Future<?> future = submit(step);
        ending = true;
        return future;
    }

    private synchronized Future<?> submit(Step step) {
        if (ending) {
            throw new IllegalStateException("the host stops");
        }
        pending.removeIf(Future::isDone);
        Future<?> future = thread.submit(() -> {
            step.run();
            return true;
        });
        pending.add(future);
        return future;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
