package dev.homeostat.testkit.fakes;

import dev.homeostat.api.schedule.Scheduler;

/** A task of a {@link VirtualScheduler} that waits for its time; its state is guarded by the scheduler's lock. */
final class VirtualTimer implements Scheduler.Timer, Comparable<VirtualTimer> {
    private final Object lock;
    private final long due;
    private final long number;
    private final Runnable task;
    private boolean cancelled;
    private boolean fired;

    VirtualTimer(Object lock, long due, long number, Runnable task) {
        this.lock = lock;
        this.due = due;
        this.number = number;
        this.task = task;
    }

    long due() {
        return due;
    }

    boolean isCancelled() {
        return cancelled;
    }

    void fire() {
        if (!cancelled) {
            fired = true;
            task.run();
        }
    }

    @Override
    public boolean cancel() {
        synchronized (lock) {
            boolean inTime = !fired && !cancelled;
            cancelled |= inTime;
            return inTime;
        }
    }

    @Override
    public int compareTo(VirtualTimer other) {
        return due != other.due ? Long.compare(due, other.due) : Long.compare(number, other.number);
    }
}
