package dev.homeostat.testkit;

import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Stands between the reconciler and the operations of a test: sees what they do, and does to them what a check asks for. One operation runs at a time; safe for all
 * threads.
 */
final class Watch {
    private static final int REMEMBERED = 5;

    private final Deque<String> failures = new ArrayDeque<>();
    private final List<String> batchFaults = new ArrayList<>();
    private volatile @Nullable Running running;
    private volatile Outcome.@Nullable Learned<?> learned;
    private volatile boolean losesAnswers;
    private volatile boolean removesTwice;
    private volatile Runnable afterPrune = () -> {};

    /** An operation that has begun. */
    private record Running(String what, Thread thread) {}

    /** The same operations, watched. */
    <T> Operations<T> around(Operations<T> operations) {
        return around(operations, null);
    }

    /** The same, with a stand-in for their prune. */
    <T> Operations<T> around(Operations<T> operations, @Nullable Leftovers<T> leftovers) {
        WatchedOperations<T> watched = new WatchedOperations<>(operations, this, leftovers);
        return operations instanceof BatchOperations<T> batches
                ? new WatchedBatches<>(batches, watched, this, leftovers)
                : watched;
    }

    /** Whether these have a prune of their own. */
    static boolean prunes(Operations<?> operations) {
        return Arrays.stream(operations.getClass().getMethods())
                .filter(method -> method.getName().equals("prune"))
                .anyMatch(method -> !method.getDeclaringClass().isInterface());
    }

    /** From now on each delete is done, and its answer lost, the first time. */
    void loseAnswers() {
        losesAnswers = true;
    }

    /** From now on each removal runs twice, as if the answer of the first had been lost. */
    void removeTwice() {
        removesTwice = true;
    }

    boolean removesTwice() {
        return removesTwice;
    }

    /** Runs that whenever a prune has registered all that it found, and before anything is removed. */
    void afterPrune(Runnable action) {
        afterPrune = action;
    }

    void pruned() {
        afterPrune.run();
    }

    /** What the reconciler gets to hear of a delete that came to that. */
    Outcome answer(OperationContext context, Outcome outcome) {
        return losesAnswers && context.attempt() == 1 ? Outcome.retry("the answer was lost") : outcome;
    }

    /** Runs the operation, and remembers when it did not succeed. */
    <R> R during(String call, Object of, Callable<R> operation) throws Exception {
        Running before = running;
        String what = call + " of " + of;
        running = new Running(what, Thread.currentThread());
        try {
            return operation.call();
        } catch (Throwable t) {
            failed(what, t.toString());
            throw t;
        } finally {
            running = before;
        }
    }

    /** Notes what an operation came to. */
    void cameTo(String what, @Nullable Outcome outcome) {
        switch (outcome) {
            case Outcome.Done done -> learned = done.learned() == null ? learned : done.learned();
            case Outcome.Retry retry -> failed(what, retry.reason());
            case Outcome.Permanent permanent -> failed(what, permanent.reason());
            case Outcome.Blocked blocked -> failed(what, blocked.reason());
            case null -> failed(what, "it returned null");
        }
    }

    private void failed(String what, String reason) {
        synchronized (failures) {
            failures.addLast(what + ": " + reason);
            if (failures.size() > REMEMBERED) {
                failures.removeFirst();
            }
        }
    }

    /** The last failures of the operations themselves, oldest first. */
    List<String> failures() {
        synchronized (failures) {
            return List.copyOf(failures);
        }
    }

    void batchFault(String what) {
        synchronized (batchFaults) {
            batchFaults.add(what);
        }
    }

    /** What batches did wrong so far. */
    List<String> batchFaults() {
        synchronized (batchFaults) {
            return List.copyOf(batchFaults);
        }
    }

    /** What the last update that learned something for its row has learned; null when none did. */
    Outcome.@Nullable Learned<?> learned() {
        return learned;
    }

    /** What is to be told when that went wrong: an operation that has not ended by now is what kept everybody waiting. */
    AssertionError explained(AssertionError complaint) {
        Running still = running;
        if (still == null) {
            return complaint;
        }
        String stack = Arrays.stream(still.thread().getStackTrace())
                .map(frame -> "\n    at " + frame)
                .collect(Collectors.joining());
        still.thread().interrupt();
        return new BlockedOperation(
                still.what() + " does not end",
                ": ten seconds later it is still here, and no deadline comes to its rescue, because the clock of this"
                    + " test stands still. Does it wait for time to pass, or for something that the target of the test"
                    + " never does?" + stack);
    }
}
