package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.RWTable;
import dev.homeostat.api.schedule.Scheduler;
import dev.homeostat.reconciler.Reconcilers;
import dev.homeostat.statedb.StateDatabase;
import dev.homeostat.testkit.fakes.Gate;
import dev.homeostat.testkit.fakes.VirtualScheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.SplittableRandom;

/**
 * One life of the process: its database, its table and its reconcilers, from its start until it is killed. Killed, none of its tasks runs any more, and what
 * was in its memory is gone.
 */
final class Boot<T> implements Scheduler {
    /** More tasks than that without any time passing are a loop. */
    private static final int MOST_AT_ONCE = 200_000;

    final int number;
    final Database database;
    final RWTable<T> table;
    final Reconcilers reconcilers;
    private final VirtualScheduler clock;
    private final Set<Gate> gates = new LinkedHashSet<>();
    private boolean dead;
    private long busyAt;
    private int tasksAtOnce;

    Boot(
            int number,
            VirtualScheduler clock,
            Subject<T> subject,
            String[] initializers,
            Interposer interposer,
            long seed) {
        this.number = number;
        this.clock = clock;
        database =
                new InterposedDatabase(StateDatabase.builder().scheduler(this).build(), this::isDead, interposer);
        table = database.create(subject.spec(), initializers);
        reconcilers = Reconcilers.builder(database, this)
                .random(new SplittableRandom(seed))
                .build();
    }

    boolean isDead() {
        return dead;
    }

    /** From now on it does nothing; what waits in it unwinds. */
    void kill() {
        dead = true;
        gates.forEach(Gate::open);
        gates.clear();
    }

    /**
     * Waits, as an operation of this process.
     *
     * @param deaf whether no interrupt ends it
     */
    void pause(Duration time, boolean deaf) throws InterruptedException {
        Gate gate = clock.gate();
        gates.add(gate);
        Timer timer = clock.schedule(time, gate::open);
        try {
            if (deaf) {
                gate.awaitUninterruptibly();
            } else {
                gate.await();
            }
        } finally {
            gates.remove(gate);
            timer.cancel();
        }
        if (dead) {
            throw new Killed();
        }
    }

    @Override
    public Instant instant() {
        return clock.instant();
    }

    @Override
    public long nanoTime() {
        return clock.nanoTime();
    }

    @Override
    public void execute(Runnable task) {
        if (!dead) {
            countTask();
            clock.execute(whileAlive(task));
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        return clock.schedule(delay, whileAlive(task));
    }

    private void requireDead(Killed killed) {
        if (!dead) {
            throw killed;
        }
    }

    private void countTask() {
        long now = clock.nanoTime();
        tasksAtOnce = now == busyAt ? tasksAtOnce + 1 : 0;
        busyAt = now;
        if (tasksAtOnce > MOST_AT_ONCE) {
            throw new AssertionError(MOST_AT_ONCE + " tasks were run and no time passed: something runs in a loop");
        }
    }

    private Runnable whileAlive(Runnable task) {
        return () -> {
            if (!dead) {
                try {
                    task.run();
                } catch (Killed killed) {
                    requireDead(killed);
                }
            }
        };
    }
}
