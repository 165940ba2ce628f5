package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a turn decided and the loop does without the lock. Touched by the owner of the event loop; what is to be done afterwards may be added by others, under
 * the loop's lock. */
final class Outbox {
    private static final Logger LOG = LoggerFactory.getLogger(Outbox.class);

    private final Scheduler scheduler;
    private final EventLoop loop;
    private List<Errand> starts = new ArrayList<>();
    private List<Runnable> afterwards = new ArrayList<>();

    Outbox(Scheduler scheduler, EventLoop loop) {
        this.scheduler = scheduler;
        this.loop = loop;
    }

    /** Runs this errand. */
    void start(Errand errand) {
        starts.add(errand);
    }

    /** Does this at the end of the turn: write a log, call a hook. */
    synchronized void afterwards(Runnable action) {
        afterwards.add(action);
    }

    /** Completes the future at the end of the turn, on a thread of its own: those who hang on it may do anything. */
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

    /** Starts the errands, each on a thread of the scheduler's, but for one if that may be kept; gives that one. */
    @Nullable
    Errand runStarts(boolean keepOne) {
        if (starts.isEmpty()) {
            return null;
        }
        List<Errand> todo = starts;
        starts = new ArrayList<>();
        int first = keepOne ? 1 : 0;
        for (Errand errand : todo.subList(first, todo.size())) {
            loop.launch(errand);
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

    private synchronized List<Runnable> takeAfterwards() {
        if (afterwards.isEmpty()) {
            return List.of();
        }
        List<Runnable> todo = afterwards;
        afterwards = new ArrayList<>();
        return todo;
    }

    void runAfterwards() {
        for (Runnable action : takeAfterwards()) {
            try {
                action.run();
            } catch (Throwable t) {
                LOG.error("what followed a turn of a reconciler failed", t);
            }
        }
    }
}
