package dev.homeostat.testkit.fakes;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A scheduler for tests: its clock stands still until the test moves it, and of all its tasks exactly one runs at a time.
 *
 * <p>Each task has a thread of its own, so it may block, but it runs only while it holds the baton that the scheduler passes on: the test's thread hands
 * it over in {@link #runUntilIdle}, {@link #advance} and {@link #runUntil}, and has it back when the task ends or waits. The order is the order of
 * submission, or one that a seed decides; either way the same test runs the same way every time.
 *
 * <p>A task waits by {@link #sleep} or at a {@link Gate}, never in another way: a task that blocks on anything else keeps the baton, and after ten
 * seconds of real time the test fails with that task's stack trace.
 *
 * <p>{@code execute} and {@code schedule} may be called from any thread; the methods that move time, from the test's thread only.
 */
public final class VirtualScheduler implements Scheduler {
    /** What the clock shows at first. */
    public static final Instant START = Instant.parse("2026-01-01T00:00:00Z");

    private final @Nullable Random order;
    private final Object lock = new Object();
    private final List<VirtualTask> runnable = new ArrayList<>();
    private final List<VirtualTask> waiting = new ArrayList<>();
    private final PriorityQueue<VirtualTimer> timers = new PriorityQueue<>();
    private long now;
    private long timerNumber;
    private long taskNumber;

    private VirtualScheduler(@Nullable Random order) {
        this.order = order;
    }

    /** Runs tasks in the order in which they were submitted. */
    public static VirtualScheduler inOrder() {
        return new VirtualScheduler(null);
    }

    /** Runs tasks in an order that the seed decides. */
    public static VirtualScheduler seeded(long seed) {
        return new VirtualScheduler(new Random(seed));
    }

    @Override
    public Instant instant() {
        return START.plusNanos(nanoTime());
    }

    @Override
    public long nanoTime() {
        synchronized (lock) {
            return now;
        }
    }

    @Override
    public void execute(Runnable task) {
        requireNonNull(task, "task");
        synchronized (lock) {
            runnable.add(new VirtualTask("virtual-task-" + ++taskNumber, task));
        }
    }

    @Override
    public Timer schedule(Duration delay, Runnable task) {
        requireNonNull(task, "task");
        synchronized (lock) {
            VirtualTimer timer =
                    new VirtualTimer(lock, now + Math.max(0, delay.toNanos()), ++timerNumber, () -> execute(task));
            timers.add(timer);
            return timer;
        }
    }

    /**
     * Waits, as the task that calls it, until that much virtual time has passed.
     *
     * @throws InterruptedException if the task's thread is interrupted before
     */
    public void sleep(Duration time) throws InterruptedException {
        Gate gate = new Gate(this);
        schedule(time, gate::open);
        gate.await();
    }

    /** A gate, closed at first, at which tasks can wait. */
    public Gate gate() {
        return new Gate(this);
    }

    /** Runs every task that can run now; time stands still, and tasks that wait go on waiting. */
    public void runUntilIdle() {
        fireTimers();
        for (VirtualTask task = next(); task != null; task = next()) {
            task.runForAWhile();
            fireTimers();
        }
    }

    /** Lets that much time pass, and runs everything that becomes due, each at its time. */
    public void advance(Duration time) {
        long until = nanoTime() + time.toNanos();
        runUntilIdle();
        while (moveToNextTimer(until)) {
            runUntilIdle();
        }
        synchronized (lock) {
            now = until;
        }
    }

    /**
     * Lets time pass, from timer to timer, until the condition holds.
     *
     * @throws AssertionError if it does not hold within {@code atMost} of virtual time
     */
    public void runUntil(BooleanSupplier condition, Duration atMost) {
        long until = nanoTime() + atMost.toNanos();
        runUntilIdle();
        while (!condition.getAsBoolean()) {
            if (!moveToNextTimer(until)) {
                throw new AssertionError("not reached within " + atMost + " of virtual time");
            }
            runUntilIdle();
        }
    }

    /** The number of tasks that wait at a gate or sleep. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Gives the baton back until {@code mayGoOn} says that the calling task can go on, or it is interrupted. */
    void park(VirtualTask task, BooleanSupplier mayGoOn, boolean interruptibly) {
        synchronized (lock) {
            task.waitFor(mayGoOn, interruptibly);
            waiting.add(task);
        }
        task.passBaton();
    }

    private @Nullable VirtualTask next() {
        synchronized (lock) {
            waiting.removeIf(task -> task.mayGoOn() && runnable.add(task));
            if (runnable.isEmpty()) {
                return null;
            }
            return runnable.remove(order == null ? 0 : order.nextInt(runnable.size()));
        }
    }

    private boolean moveToNextTimer(long until) {
        synchronized (lock) {
            while (!timers.isEmpty() && timers.element().isCancelled()) {
                timers.remove();
            }
            VirtualTimer first = timers.peek();
            if (first == null || first.due() > until) {
                return false;
            }
            now = Math.max(now, first.due());
            return true;
        }
    }

    private void fireTimers() {
        synchronized (lock) {
            while (!timers.isEmpty()
                    && (timers.element().isCancelled() || timers.element().due() <= now)) {
                timers.remove().fire();
            }
        }
    }
}
