package dev.homeostat.api.schedule;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Real time: one daemon thread waits for the timers and hands every task to a virtual thread of its own.
 *
 * <p>No thread inherits anything from the one that happened to start it, so that none keeps a plugin's class loader alive.
 */
final class SystemScheduler implements ClosableScheduler {
    private static final Logger LOG = LoggerFactory.getLogger(SystemScheduler.class);

    private final ThreadFactory tasks;
    private final ScheduledThreadPoolExecutor timers;

    SystemScheduler(String name) {
        requireNonNull(name, "name");
        this.tasks = Thread.ofVirtual()
                .name(name + "-task-", 0)
                .inheritInheritableThreadLocals(false)
                .uncaughtExceptionHandler((thread, e) -> LOG.error("a task on {} failed", thread.getName(), e))
                .factory();
        this.timers = new ScheduledThreadPoolExecutor(
                1,
                Thread.ofPlatform()
                        .name(name + "-timer")
                        .daemon()
                        .inheritInheritableThreadLocals(false)
                        .factory());
        timers.setRemoveOnCancelPolicy(true);
        timers.setKeepAliveTime(10, TimeUnit.SECONDS);
        timers.allowCoreThreadTimeOut(true);
    }

    @Override
    public Instant instant() {
        return Instant.now();
    }

    @Override
    public long nanoTime() {
        return System.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        requireNonNull(task, "task");
        if (timers.isShutdown()) {
            throw new RejectedExecutionException("this scheduler was closed");
        }
        tasks.newThread(task).start();
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        requireNonNull(task, "task");
        Future<?> future = timers.schedule(() -> tasks.newThread(task).start(), nanos(delay), TimeUnit.NANOSECONDS);
        return () -> future.cancel(false);
    }

    @Override
    public void close() {
        timers.shutdownNow();
    }

    /** The number of timers that wait: for tests that look for leaks. */
    int waiting() {
        return timers.getQueue().size();
    }

    private static long nanos(Duration delay) {
        try {
            return Math.max(0, delay.toNanos());
        } catch (ArithmeticException e) {
            return delay.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
