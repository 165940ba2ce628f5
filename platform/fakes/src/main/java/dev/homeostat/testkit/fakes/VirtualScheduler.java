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
 * <p>The test's thread has them run in {@link #runUntilIdle}, {@link #advance} and {@link #runUntil}, and waits meanwhile. They run one after the other on a
 * thread that <em>drives</em>; a task that waits keeps that thread, and a new one drives on, until the task goes on and drives again itself. So a task may block, and
 * one that does not costs no thread. The order is the order of submission, or one that a seed decides; either way the same test runs the same way every time.
 *
 * <p>A task waits by {@link #sleep} or at a {@link Gate}, never in another way: a task that blocks on anything else holds up all others, and after ten
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
    private volatile Drive drive = new Drive(0, () -> true);

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
        drive(nanoTime(), () -> true);
    }

    /** Lets that much time pass, and runs everything that becomes due, each at its time. */
    public void advance(Duration time) {
        long until = nanoTime() + time.toNanos();
        drive(until, () -> false);
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
        if (!drive(nanoTime() + atMost.toNanos(), condition)) {
            throw new AssertionError("not reached within " + atMost + " of virtual time");
        }
    }

    /** The number of tasks that wait at a gate or sleep. */
    public int waiting() {
        synchronized (lock) {
            return waiting.size();
        }
    }

    /** Lets others run until {@code mayGoOn} says that the calling task can go on, or it is interrupted. */
    void park(VirtualTask task, BooleanSupplier mayGoOn, boolean interruptibly) {
        synchronized (lock) {
            task.waitFor(mayGoOn, interruptibly);
            waiting.add(task);
        }
        VirtualTask next = nextOrEnd();
        if (next == task) {
            task.stay();
            return;
        }
        if (next != null) {
            passOn(next);
        }
        task.awaitTurn();
    }

    private boolean drive(long until, BooleanSupplier enough) {
        Drive begun = new Drive(until, enough);
        drive = begun;
        VirtualTask first = nextOrEnd();
        if (first != null) {
            passOn(first);
        }
        return begun.await();
    }

    /** Has that task run, on its own thread if it has one, else on a new one, which drives on afterwards. */
    private void passOn(VirtualTask task) {
        if (task.isParked()) {
            task.resume();
        } else {
            Thread.ofVirtual().name("virtual-scheduler").start(() -> runFrom(task));
        }
    }

    /** Runs that task and what comes after it, until there is nothing or one that has its own thread is next. */
    private void runFrom(VirtualTask first) {
        VirtualTask task = first;
        while (task != null) {
            try {
                task.run();
            } catch (Throwable t) {
                drive.fail(t);
                return;
            }
            task = nextOrEnd();
            if (task != null && task.isParked()) {
                task.resume();
                return;
            }
        }
    }

    /** The next task; null when it was told that there is none. */
    private @Nullable VirtualTask nextOrEnd() {
        Drive present = drive;
        try {
            do {
                fireTimers();
                VirtualTask next = next();
                if (next != null) {
                    present.runs(next);
                    return next;
                }
            } while (!present.isEnough() && moveToNextTimer(present.until()));
            present.end();
        } catch (Throwable t) { // what the test asks for may throw
            present.fail(t);
        }
        return null;
    }

    private @Nullable VirtualTask next() {
        synchronized (lock) {
            if (!waiting.isEmpty()) {
                waiting.removeIf(task -> task.mayGoOn() && runnable.add(task));
            }
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
