package dev.homeostat.host.plugin;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Plugin code that the host waits for, on a thread of its own: when it does not end in time, it is interrupted, and the host goes on without it. */
final class Callback {
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final Thread thread;
    private final PluginThread around;
    private boolean over; // guarded by this
    private boolean abandoned; // guarded by this

    private Callback(String name, PluginThread around, Body body) {
        // A platform thread: a body that spins would take one of the few carriers of virtual threads for ever.
        thread = Thread.ofPlatform().name(name).daemon().unstarted(() -> {
            try {
                around.call(null, () -> {
                    body.run();
                    return true;
                });
                done.complete(null);
            } catch (Throwable e) { // plugin code may throw anything
                done.completeExceptionally(Thrown.safe(e));
            } finally {
                end();
            }
        });
        this.around = around;
        thread.setContextClassLoader(null);
    }

    /** Begins to run the body on a thread of that name. */
    static Callback start(String name, PluginThread around, Body body) {
        Callback callback = new Callback(name, around, body);
        callback.thread.start();
        return callback;
    }

    /**
     * Waits until the body has ended.
     *
     * @throws TimeoutException if it did not in time; it has been interrupted, and is named in the status for as long as it goes on regardless
     * @throws ExecutionException with what it threw, whatever that was, {@linkplain Thrown made safe}
     */
    void await(Deadline deadline) throws TimeoutException, ExecutionException, InterruptedException {
        try {
            done.get(deadline.remaining().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            thread.interrupt();
            abandon();
            throw new TimeoutException("its thread \"" + thread.getName() + "\" was abandoned");
        } catch (InterruptedException e) {
            thread.interrupt();
            throw e;
        }
    }

    /** Whoever comes second sees the first: no line is left of a thread that has ended. */
    private synchronized void abandon() {
        if (!over) {
            abandoned = true;
            around.abandoned(thread);
        }
    }

    private synchronized void end() {
        over = true;
        if (abandoned) {
            around.ended(thread);
        }
    }

    /** Whether it has not ended. */
    boolean isAlive() {
        return thread.isAlive();
    }

    /** Asks it to end. */
    void interrupt() {
        thread.interrupt();
    }

    /** Something that may throw. */
    @FunctionalInterface
    interface Body {
        void run() throws Exception;
    }
}
