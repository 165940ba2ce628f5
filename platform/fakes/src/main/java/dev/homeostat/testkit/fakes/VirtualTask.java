package dev.homeostat.testkit.fakes;

import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A task of a {@link VirtualScheduler}. It begins on whatever thread drives the scheduler; once it has waited, that thread is its own until it ends.
 *
 * <p>A thread that waits takes its interrupts down in {@link #interrupted} and sleeps on; it has them back when it goes on. The mark is set before the thread's own
 * flag is cleared, and looked at after it, so that the scheduler sees each interrupt at once, whichever way the two threads meet.
 */
final class VirtualTask {
    private static final ThreadLocal<@Nullable VirtualTask> CURRENT = new ThreadLocal<>();

    private final String name;
    private final Runnable task;
    private volatile @Nullable Thread runner;
    private @Nullable Thread thread;
    private BooleanSupplier mayGoOn = () -> true;
    private boolean interruptibly;
    private volatile boolean itsTurn;
    private volatile boolean interrupted;

    VirtualTask(String name, Runnable task) {
        this.name = name;
        this.task = task;
    }

    /** The task that runs on the calling thread. */
    static VirtualTask current() {
        VirtualTask task = CURRENT.get();
        if (task == null) {
            throw new IllegalStateException("only a task of the virtual scheduler can wait in virtual time");
        }
        return task;
    }

    /** Runs it on the calling thread, from its beginning to its end; the thread is then as good as new. */
    void run() {
        CURRENT.set(this);
        runner = Thread.currentThread();
        try {
            task.run();
        } finally {
            CURRENT.remove();
            Thread.interrupted();
        }
    }

    /** From now on, and until the condition holds, the calling thread waits. */
    void waitFor(BooleanSupplier condition, boolean untilInterrupted) {
        thread = Thread.currentThread();
        itsTurn = false;
        mayGoOn = condition;
        interruptibly = untilInterrupted;
    }

    boolean mayGoOn() {
        Thread waiter = thread;
        return mayGoOn.getAsBoolean() || (interruptibly && waiter != null && (waiter.isInterrupted() || interrupted));
    }

    /** Whether it has begun, and waits on a thread of its own. */
    boolean isParked() {
        return thread != null;
    }

    /** It goes on without having been away. */
    void stay() {
        thread = null;
    }

    /** Lets its thread go on. */
    void resume() {
        Thread waiter = thread;
        thread = null;
        itsTurn = true;
        LockSupport.unpark(waiter);
    }

    /** Called by its thread: sleeps until {@link #resume}. */
    void awaitTurn() {
        while (!itsTurn) {
            LockSupport.park(this);
            if (Thread.currentThread().isInterrupted()) {
                interrupted = true;
                Thread.interrupted();
            }
        }
        if (interrupted) {
            interrupted = false;
            Thread.currentThread().interrupt();
        }
    }

    /** Where it is. */
    StackTraceElement[] stackTrace() {
        Thread present = runner;
        return present == null ? new StackTraceElement[0] : present.getStackTrace();
    }

    @Override
    public String toString() {
        return name;
    }
}
