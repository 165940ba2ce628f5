package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.time.Instant;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A scheduler that leaves its tasks to whoever takes them: an actor plays the thread of the graveyard's collector. */
public final class Tasks implements Scheduler {
    private final Queue<Runnable> waiting = new ConcurrentLinkedQueue<>();

    /** A database whose tasks come here. */
    public Database newDatabase() {
        return StateDatabase.builder().scheduler(this).build();
    }

    /** Runs all that waits, and what comes to wait meanwhile. */
    public void runAll() {
        for (Runnable task = waiting.poll(); task != null; task = waiting.poll()) {
            task.run();
        }
    }

    /** Runs what has waited longest, if anything waits. */
    public void runOne() {
        Runnable task = waiting.poll();
        if (task != null) {
            task.run();
        }
    }

    @Override
    public Instant instant() {
        return Instant.EPOCH;
    }

    @Override
    public long nanoTime() {
        return 0;
    }

    @Override
    public void execute(Runnable task) {
        waiting.add(task);
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        waiting.add(task);
        return () -> waiting.remove(task);
    }
}
