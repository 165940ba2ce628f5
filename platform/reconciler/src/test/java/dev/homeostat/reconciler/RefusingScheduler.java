package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;

/** Refuses tasks, or lets timers go off early. */
final class RefusingScheduler implements Scheduler {
    private final Scheduler scheduler;
    int left;

    /** Runs tasks on the thread that brings them. */
    boolean inPlace;

    /** Refuses that many, but not the first. */
    int afterOne;

    Duration early = Duration.ZERO;

    RefusingScheduler(Scheduler scheduler) {
        this.scheduler = scheduler;
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
        if (left > 0) {
            left--;
            throw new RejectedExecutionException("no thread");
        }
        if (inPlace) {
            task.run();
            return;
        }
        scheduler.execute(task);
        left = afterOne;
        afterOne = 0;
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        Duration less = delay.minus(early);
        return scheduler.schedule(less.isPositive() ? less : delay, task);
    }
}
