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
    private volatile @Nullable Future<?> current;

    /** Something to do there. */
    @FunctionalInterface
    interface Step {
        void run() throws Exception;
    }

    /** Does it, and waits for it. */
    void run(Step step) throws ExecutionException, InterruptedException {
        submit(step).get();
    }

    /** Interrupts what is being done, does this instead, and waits for it until the deadline. */
    void runInstead(Step step, Deadline deadline) throws ExecutionException, InterruptedException, TimeoutException {
        Future<?> before = current;
        if (before != null) {
            before.cancel(true);
        }
        submit(step).get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
    }

    private Future<?> submit(Step step) {
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
