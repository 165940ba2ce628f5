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
            park(Long.MAX_VALUE);
        }
    }

    @Override
    public final boolean await(Duration timeout) throws InterruptedException {
        return isClosed() || park(saturatedNanos(timeout));
    }

    @Override
    public CompletionStage<Void> closed() {
        CompletableFuture<Void> future = new CompletableFuture<>();
        onClose(() -> future.complete(null));
        return future.minimalCompletionStage();
    }

    private boolean park(long nanos) throws InterruptedException {
        Thread waiter = Thread.currentThread();
        long start = System.nanoTime();
        try (Registration registration = onClose(() -> LockSupport.unpark(waiter))) {
            while (!isClosed()) {
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
                long left = nanos - (System.nanoTime() - start);
                if (left <= 0) {
                    return false;
                }
                LockSupport.parkNanos(registration, left);
            }
            return true;
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
