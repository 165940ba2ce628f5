package dev.homeostat.statedb.testing;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Runs what was scheduled when the test says so, in the order of asking. */
public final class ManualScheduler implements Scheduler {
    private final Deque<Runnable> waiting = new ArrayDeque<>();

    @Override
    public Instant instant() {
        return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public synchronized void execute(Runnable task) {
        waiting.add(task);
    }

    @Override
    public synchronized Timer schedule(Duration delay, Runnable task) {
        waiting.add(task);
        return () -> remove(task);
    }

    /** Runs all that waits, and what comes to wait meanwhile. */
    public void runAll() {
        for (Runnable task = poll(); task != null; task = poll()) {
            task.run();
        }
    }

    /** Runs the task that waits the longest, if there is one. */
    public void runOne() {
        Runnable task = poll();
        if (task != null) {
            task.run();
        }
    }

    /** Whether nothing waits. */
    public synchronized boolean isIdle() {
        return waiting.isEmpty();
    }

    /** Runs what waits now, and leaves what comes to wait meanwhile: for those who ask again and again. */
    public void runWaiting() {
        List<Runnable> now;
        synchronized (this) {
            now = List.copyOf(waiting);
            waiting.clear();
        }
        now.forEach(Runnable::run);
    }

    private synchronized @Nullable Runnable poll() {
        return waiting.poll();
    }

    private synchronized boolean remove(Runnable task) {
        return waiting.remove(task);
    }
}
