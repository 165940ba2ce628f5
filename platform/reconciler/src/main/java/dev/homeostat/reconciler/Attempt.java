package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.schedule.Scheduler;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * One operation, from its start to its end. It is also what the operation sees of it.
 *
 * <p>Three threads touch it: the owner of the event loop makes it, may cancel it and reads its result after the event {@code Ended}; the operation's thread
 * runs it; and the operation may hand the context to threads of its own. {@code dueNanos} is the deadline.
 *
 * @param <T> the type of the rows
 */
final class Attempt<T> extends Due implements OperationContext {
    /** What the operation does. */
    interface Body<T> {
        Outcome run(Attempt<T> attempt) throws Exception;
    }

    /** What the owner of the event loop does about its end. */
    interface End<T> {
        /** It ended, or its deadline has come and it was abandoned. */
        void ended(Attempt<T> attempt, Outcome outcome);

        /** It was abandoned before, and has ended now. */
        void endedLate(Attempt<T> attempt);
    }

    /** What it is about; the fields that the owner of the event loop gives. */
    record Brief<T>(
            String reconciler,
            String operation,
            @Nullable Work<T> work,
            ReadTxn txn,
            long generation,
            int number,
            Cause cause,
            Map<String, String> facts) {}

    private final Brief<T> brief;
    private final Body<T> body;
    private final End<T> end;
    private final Scheduler scheduler;
    private final Instant startedAt;
    private final long startedNanos;
    private volatile boolean cancelled;
    private @Nullable Thread thread;
    private @Nullable Map<String, String> learned;
    private @Nullable Outcome outcome;
    private long endedNanos;

    /** Whether the owner of the event loop gave it up; touched by the owner only. */
    private boolean abandoned;

    Attempt(Brief<T> brief, Body<T> body, End<T> end, Scheduler scheduler, long now, long deadlineNanos) {
        this.brief = brief;
        this.body = body;
        this.end = end;
        this.scheduler = scheduler;
        this.startedAt = scheduler.instant();
        this.startedNanos = now;
        this.dueNanos = now + deadlineNanos;
    }

    /** Runs the operation on the calling thread, whatever it throws. */
    void run() {
        Outcome result;
        if (begin()) {
            try (var _ = MDC.putCloseable("reconciler", brief.reconciler())) {
                result = body.run(this);
                if (result == null) {
                    result = Outcome.retry("the operation returned null; it must return an Outcome");
                }
            } catch (Throwable t) {
                result = Outcome.retry(reason(t));
            }
        } else {
            result = Outcome.retry("cancelled before it began");
        }
        endedNanos = scheduler.nanoTime();
        outcome = result;
        leave();
    }

    /** Instead of {@link #run}: there is no thread for it. */
    void refuse(String reason) {
        endedNanos = scheduler.nanoTime();
        outcome = Outcome.retry(reason);
    }

    /** Tells the operation to give up. An interrupt reaches its thread only while the operation runs. */
    synchronized void cancel(boolean interrupt) {
        cancelled = true;
        if (interrupt && thread != null) {
            thread.interrupt();
        }
    }

    /** Called by the owner, once: in time, or at the deadline. */
    void end(Outcome result) {
        end.ended(this, result);
    }

    /** Called by the owner, once, when it ended after it was abandoned. */
    void endLate() {
        end.endedLate(this);
    }

    void abandon() {
        abandoned = true;
        cancel(true);
    }

    boolean isCancelledOrAbandoned() {
        return cancelled || abandoned;
    }

    boolean isAbandoned() {
        return abandoned;
    }

    Outcome outcome() {
        return requireNonNull(outcome, "outcome");
    }

    Brief<T> brief() {
        return brief;
    }

    /** What it works on, if it is about a row. */
    Work<T> work() {
        Work<T> work = brief.work();
        if (work == null) {
            throw new IllegalStateException("not an operation on a row: " + this);
        }
        return work;
    }

    Instant startedAt() {
        return startedAt;
    }

    long allowedNanos() {
        return dueNanos - startedNanos;
    }

    /** How long it took, or takes so far. */
    long tookNanos() {
        return (outcome == null || abandoned ? scheduler.nanoTime() : endedNanos) - startedNanos;
    }

    @Override
    public ReadTxn txn() {
        return brief.txn();
    }

    @Override
    public long generation() {
        return brief.generation();
    }

    @Override
    public int attempt() {
        return brief.number();
    }

    @Override
    public Cause cause() {
        return brief.cause();
    }

    @Override
    public Instant deadline() {
        return startedAt.plusNanos(dueNanos - startedNanos);
    }

    @Override
    public boolean isCancelled() {
        return cancelled;
    }

    @Override
    public synchronized Map<String, String> facts() {
        return learned == null ? brief.facts() : Map.copyOf(learned);
    }

    @Override
    public synchronized void learn(String name, String fact) {
        requireNonNull(name, "name");
        requireNonNull(fact, "fact");
        if (brief.work() == null) {
            throw new IllegalStateException("a prune has no key to remember \"" + name + "\" for");
        }
        if (learned == null) {
            learned = new HashMap<>(brief.facts());
        }
        learned.put(name, fact);
    }

    /** What was thrown, in one line: the type is often half of the reason, as with a {@code NoSuchFileException}. */
    static String reason(Throwable thrown) {
        String type = thrown.getClass().getSimpleName();
        String message = message(thrown);
        return message == null || message.isBlank() ? type : type + ": " + message;
    }

    private static @Nullable String message(Throwable thrown) {
        try {
            return thrown.getMessage();
        } catch (Throwable t) { // a plugin's exception is a plugin's code
            return "its message cannot be read: " + t.getClass().getSimpleName();
        }
    }

    private synchronized boolean begin() {
        thread = Thread.currentThread();
        return !cancelled;
    }

    private synchronized void leave() {
        thread = null;
        Thread.interrupted(); // was meant for the operation
    }

    @Override
    public String toString() {
        return brief.operation() + " " + brief.work();
    }
}
