package dev.homeostat.stress.races;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.statedb.StateDatabase;
import java.time.Duration;
import java.time.Instant;

/** A scheduler that forgets its tasks: a race has the threads that it was given, and no others. */
public final class NoTasks implements Scheduler {
    private static final NoTasks ONE = new NoTasks();

    private NoTasks() {}

    /** A database that does nothing by itself. */
    public static Database database() {
        return StateDatabase.builder().scheduler(ONE).build();
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
    public void execute(Runnable task) {}

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return () -> false;
    }
}
