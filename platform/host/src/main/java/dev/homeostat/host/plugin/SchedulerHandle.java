package dev.homeostat.host.plugin;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** Time and threads for one plugin: at its stop, what waits is cancelled and what runs is interrupted. */
final class SchedulerHandle implements Scheduler {
    private static final String THING = "the scheduler";

    private final Leash leash;
    private final Scheduler scheduler;
    private final PluginThread around;
    private final Set<Task> tasks = ConcurrentHashMap.newKeySet();
    private volatile boolean closed;

    SchedulerHandle(Leash leash, Scheduler scheduler, PluginThread around) {
        this.leash = leash;
        this.scheduler = scheduler;
        this.around = around;
    }

    @Override
    public Instant instant() {
        return scheduler.instant();
    }

    @Override
    public long nanoTime() {
        return scheduler.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        schedule(Duration.ZERO, task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable body) {
        leash.checkActive(THING);
        Task task = new Task(body);
        tasks.add(task);
        if (closed) {
            tasks.remove(task);
            throw leash.gone(THING);
        }
        task.timer = scheduler.schedule(delay, task);
        return task;
    }

    /** Cancels and interrupts all. */
    void close() {
        closed = true;
        tasks.forEach(Task::end);
        tasks.clear();
    }

    /** A task that was given to the scheduler and has not ended. */
    private final class Task implements Runnable, Timer {
        private volatile @Nullable Runnable body;
        private volatile @Nullable Timer timer;
        private @Nullable Thread thread;

        Task(Runnable body) {
            this.body = body;
        }

        @Override
        public void run() {
            Runnable work = begin();
            if (work != null) {
                try {
                    around.run(work);
                } finally {
                    finish();
                }
            }
        }

        private synchronized @Nullable Runnable begin() {
            thread = Thread.currentThread();
            return body;
        }

        private synchronized void finish() {
            thread = null;
            body = null;
            tasks.remove(this);
            Thread.interrupted();
        }

        @Override
        public boolean cancel() {
            Timer waiting = timer;
            boolean cancelled = waiting != null && waiting.cancel();
            if (cancelled) {
                body = null;
                tasks.remove(this);
            }
            return cancelled;
        }

        synchronized void end() {
            cancel();
            if (thread != null) {
                thread.interrupt();
            }
            body = null;
        }
    }
}
