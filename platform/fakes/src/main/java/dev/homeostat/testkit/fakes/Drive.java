package dev.homeostat.testkit.fakes;

import java.util.Arrays;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the test's thread wants of a {@link VirtualScheduler}: to run until something is so, or until a time. It waits here meanwhile. */
final class Drive {
    private static final long PATIENCE_SECONDS = 10;

    private final long until;
    private final BooleanSupplier enough;
    private final Semaphore over = new Semaphore(0);
    private volatile long tasks;
    private volatile @Nullable VirtualTask running;
    private volatile @Nullable Throwable thrown;
    private boolean reached;

    /**
     * @param until the time at which to end
     * @param enough whether to end before, asked whenever nothing can run at the present time
     */
    Drive(long until, BooleanSupplier enough) {
        this.until = until;
        this.enough = enough;
    }

    long until() {
        return until;
    }

    boolean isEnough() {
        reached = enough.getAsBoolean();
        return reached;
    }

    /** This task runs now. */
    @SuppressWarnings("NonAtomicVolatileUpdate") // one thread at a time drives
    void runs(VirtualTask task) {
        running = task;
        tasks++;
    }

    void fail(Throwable failure) {
        thrown = failure;
        end();
    }

    void end() {
        over.release();
    }

    /** Called by the test's thread; says whether it was enough before the time was over. */
    boolean await() {
        long seen = -1;
        try {
            while (!over.tryAcquire(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                if (tasks == seen) {
                    throw new AssertionError(blocked());
                }
                seen = tasks;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError("the test was interrupted", e);
        }
        Throwable failure = thrown;
        if (failure != null) {
            throw new AssertionError("a task of the virtual scheduler threw " + failure, failure);
        }
        return reached;
    }

    private String blocked() {
        VirtualTask task = running;
        String stack = task == null
                ? ""
                : Arrays.stream(task.stackTrace())
                        .map(frame -> "\n    at " + frame)
                        .collect(Collectors.joining());
        return "task " + task + " blocks without the virtual scheduler; wait with sleep() or at a gate" + stack;
    }
}
