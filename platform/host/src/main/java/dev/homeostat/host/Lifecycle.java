package dev.homeostat.host;

import dev.homeostat.host.plugin.Deadline;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/** The one thread on which plugins are loaded, started and stopped. */
final class Lifecycle implements AutoCloseable {
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().name("homeostat-lifecycle").daemon().factory());
    private @Nullable Future<?> current; // guarded by this
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

    /** Interrupts what is being done, does this instead as the last thing of all, and waits for it until the deadline. */
    void runInstead(Step step, Deadline deadline) throws ExecutionException, InterruptedException, TimeoutException {
        submitInstead(step).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    private synchronized Future<?> submitInstead(Step step) {
        if (current != null) {
            current.cancel(true);
        }
        Future<?> future = submit(step);
        ending = true;
        return future;
    }

    private synchronized Future<?> submit(Step step) {
        if (ending) {
            throw new IllegalStateException("the host stops");
        }
        Future<?> future = thread.submit(() -> {
            step.run();
            return true;
        });
        current = future;
        return future;
    }

    @Override
    public void close() {
        thread.shutdownNow();
    }
}
