package dev.homeostat.statedb.watch;

import dev.homeostat.api.db.Watch;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.locks.LockSupport;

/** What every watch can do once it knows whether it is closed and how to call a listener. */
abstract class WaitingWatch implements Watch {

    @Override
    public final void await() throws InterruptedException {
        if (!isClosed()) {
            // Without a time: a virtual thread that parks with one needs a timer.
            try (Registration registration = wakesThisThread()) {
                while (!isClosed()) {
                    throwIfInterrupted();
                    LockSupport.park(registration);
                }
            }
        }
    }

    @Override
    public final boolean await(Duration timeout) throws InterruptedException {
        return isClosed() || park(saturatedNanos(timeout));
    }

    @Override
    public final CompletionStage<Void> closed() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        Registration registration = onClose(() -> future.complete(null));
        // Also one that was cancelled, or had a time-out, leaves the watch.
        var _ = future.whenComplete((_, _) -> registration.close());
        return future;
    }

    private boolean park(long nanos) throws InterruptedException {
        long start = System.nanoTime();
        try (Registration registration = wakesThisThread()) {
            while (!isClosed()) {
                throwIfInterrupted();
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(registration, left);
            }
            return true;
        }
    }

    private Registration wakesThisThread() {
        Thread waiter = Thread.currentThread();
        return onClose(() -> LockSupport.unpark(waiter));
    }

    private static void throwIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }

    private static long saturatedNanos(Duration duration) {
        try {
            return duration.toNanos();
        } catch (ArithmeticException e) {
            return duration.isNegative() ? 0 : Long.MAX_VALUE;
        }
    }
}
