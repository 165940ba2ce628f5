package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;

/** Refuses tasks, or lets timers go off early. */
final class RefusingScheduler implements Scheduler {
    private final Scheduler scheduler;
    int left;

    /** Runs tasks on the thread that brings them. */
    boolean inPlace;

    /** Refuses that many, but not the first. */
    int afterOne;

    /** Refuses that many timers. */
    int timersLeft;

    /** Somebody else does this while a task is refused. */
    @Nullable
    Runnable meanwhile;

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
            Runnable others = meanwhile;
            meanwhile = null;
            if (others != null) {
                others.run();
            }
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
        if (timersLeft > 0) {
            timersLeft--;
            throw new RejectedExecutionException("no timer");
        }
        Duration less = delay.minus(early);
        return scheduler.schedule(less.isPositive() ? less : delay, task);
    }
}
