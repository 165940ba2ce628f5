package dev.homeostat.testkit.fakes;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A task with a thread of its own, which runs only while it holds the baton. */
final class VirtualTask {
    private static final long PATIENCE_SECONDS = 10;
    private static final ThreadLocal<@Nullable VirtualTask> CURRENT = new ThreadLocal<>();

    private final Thread thread;
    private final Semaphore turn = new Semaphore(0);
    private final Semaphore baton = new Semaphore(0);
    private boolean started;
    private BooleanSupplier mayGoOn = () -> true;
    private boolean interruptibly;
    private volatile @Nullable Throwable thrown;

    VirtualTask(String name, Runnable task) {
        this.thread = Thread.ofVirtual().name(name).unstarted(() -> {
            CURRENT.set(this);
            try {
                task.run();
            } catch (Throwable t) {
                thrown = t;
            } finally {
                baton.release();
            }
        });
    }

    /** The task that runs on the calling thread. */
    static VirtualTask current() {
        VirtualTask task = CURRENT.get();
        if (task == null) {
            throw new IllegalStateException("only a task of the virtual scheduler can wait in virtual time");
        }
        return task;
    }

    void waitFor(BooleanSupplier condition, boolean untilInterrupted) {
        mayGoOn = condition;
        interruptibly = untilInterrupted;
    }

    boolean mayGoOn() {
        return mayGoOn.getAsBoolean() || (interruptibly && thread.isInterrupted());
    }

    /** Called by the test's thread: runs the task until it ends or waits. */
    void runForAWhile() {
        if (started) {
            turn.release();
            LockSupport.unpark(thread);
        } else {
            started = true;
            thread.start();
        }
        awaitBaton();
        if (thrown != null) {
            throw new AssertionError("a task of the virtual scheduler threw " + thrown, thrown);
        }
    }

    /**
     * Called by the task: lets others run until it is its turn again.
     *
     * <p>The scheduler must see an interrupt at once, in the thread's own flag. A semaphore's wait takes that flag away until it ends, so a wait that ends
     * at an interrupt does without one: an interrupted thread spins here, for as long as the task that interrupted it keeps the baton.
     */
    void passBaton() {
        baton.release();
        if (!interruptibly) {
            turn.acquireUninterruptibly();
            return;
        }
        while (!turn.tryAcquire()) {
            LockSupport.park(this);
            if (thread.isInterrupted()) {
                Thread.onSpinWait();
            }
        }
    }

    private void awaitBaton() {
        try {
            if (!baton.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                String stack = Arrays.stream(thread.getStackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
                throw new AssertionError("task " + thread.getName()
                        + " blocks without the virtual scheduler; wait with sleep() or at a gate" + stack);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
    }
}
