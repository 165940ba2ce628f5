package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a turn decided and the loop does without the lock. Touched by the owner of the event loop only. */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Scheduler scheduler;
    private final EventLoop loop;
    private List<Attempt<?>> starts = new ArrayList<>();
    private List<Runnable> afterwards = new ArrayList<>();

    Outbox(Scheduler scheduler, EventLoop loop) {
        this.scheduler = scheduler;
        this.loop = loop;
    }

    /** Runs this operation. */
    void start(Attempt<?> attempt) {
        starts.add(attempt);
    }

    /** Does this after the statuses are committed: write a log, call a hook. */
    void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** Completes the future after the statuses are committed, on a thread of its own: those who hang on it may do anything. */
    <R> void complete(CompletableFuture<R> future, R result) {
        tell(() -> future.complete(result));
    }

    /** The same without a result. */
    void complete(CompletableFuture<Void> future) {
        tell(() -> future.complete(null));
    }

    /** The same with a failure. */
    void fail(CompletableFuture<?> future, Exception failure) {
        tell(() -> future.completeExceptionally(failure));
    }

    /** Starts the operations, each on a thread of the scheduler's, but for one if that may be kept; gives that one. */
    @Nullable
    Attempt<?> runStarts(boolean keepOne) {
        if (starts.isEmpty()) {
            return null;
        }
        List<Attempt<?>> todo = starts;
        starts = new ArrayList<>();
        int first = keepOne ? 1 : 0;
        for (Attempt<?> attempt : todo.subList(first, todo.size())) {
            loop.launch(attempt);
        }
        return keepOne ? todo.getFirst() : null;
    }

    /** On this thread when there is no other: somebody waits for it. */
    private void tell(Runnable telling) {
        afterwards(() -> {
            try {
                scheduler.execute(telling);
            } catch (RuntimeException | Error e) {
                telling.run();
            }
        });
    }

    void runAfterwards() {
        if (afterwards.isEmpty()) {
            return;
        }
        List<Runnable> todo = afterwards;
        afterwards = new ArrayList<>();
        for (Runnable action : todo) {
            try {
                action.run();
            } catch (Throwable t) {
                LOG.error("what followed a turn of a reconciler failed", t);
            }
        }
    }
}
