package dev.homeostat.testkit.fakes;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Outcome;
import java.time.Duration;
import java.util.concurrent.Callable;

/** What a {@link FakeTarget} does to one operation instead of, or besides, doing it. */
@FunctionalInterface
public interface Fault {
    /**
     * Runs in place of the operation.
     *
     * @param operation does it to the target
     */
    Outcome strike(OperationContext context, Callable<Outcome> operation) throws Exception;

    /** No fault. */
    static Fault none() {
        return (context, operation) -> operation.call();
    }

    /** Fails, to be retried, and leaves the target as it is. */
    static Fault error(String reason) {
        return (context, operation) -> Outcome.retry(reason);
    }

    /** Fails, to be retried after that time. */
    static Fault error(String reason, Duration after) {
        return (context, operation) -> Outcome.retry(reason, after);
    }

    /** Fails for good. */
    static Fault permanent(String reason) {
        return (context, operation) -> Outcome.permanent(reason);
    }

    /** Throws. */
    static Fault throwing(Exception exception) {
        requireNonNull(exception, "exception");
        return (context, operation) -> {
            throw exception;
        };
    }

    /** Takes that much virtual time, then does it; gives up when it is interrupted. */
    static Fault slow(VirtualScheduler scheduler, Duration time) {
        return (context, operation) -> {
            scheduler.sleep(time);
            return operation.call();
        };
    }

    /** Waits at the gate, then does it; gives up when it is interrupted. */
    static Fault waiting(Gate gate) {
        return (context, operation) -> {
            gate.await();
            return operation.call();
        };
    }

    /** Waits at the gate whatever happens, then does it, and never notices that it was cancelled. */
    static Fault hanging(Gate gate) {
        return (context, operation) -> {
            gate.awaitUninterruptibly();
            return operation.call();
        };
    }

    /** Does it to the target, and fails nevertheless: as when the answer is lost. */
    static Fault doneButFailed(String reason) {
        return (context, operation) -> {
            operation.call();
            return Outcome.retry(reason);
        };
    }
}
