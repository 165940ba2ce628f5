package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What follows from an attempt that was not done: another one later, none any more, or one when another row has changed. The same for updates and deletes.
 *
 * <p>All attempts at a generation are numbered; but for the backoff and for the limits only those count that failed in a row: what finds it blocked begins the row
 * anew, and so does a retry that somebody asks for after it was given up.
 */
final class Failures<T> {
    /** When a row is attempted again that is not known to have failed. */
    static final long AFTER_A_FAULT = Duration.ofSeconds(1).toNanos();

    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Journal<T> journal;
    private final FailureLog<T> log;
    private final Backoff backoff;
    private final Supplier<Options> options;

    Failures(
            Setup<T> setup,
            Backlog<T> backlog,
            Records<T> records,
            Journal<T> journal,
            FailureLog<T> log,
            Backoff backoff,
            Supplier<Options> options) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.journal = journal;
        this.log = log;
        this.backoff = backoff;
        this.options = options;
    }

    /** The attempt at the work's present generation was not done. */
    void failed(Work<T> work, Attempt<T> attempt, Outcome outcome, long now) {
        Explanation.Attempt entry = switch (outcome) {
            case Outcome.Blocked blocked -> blocked(work, attempt, blocked, now);
            case Outcome.Permanent permanent -> forGood(work, attempt, permanent.reason());
            case Outcome.Retry retry -> again(work, attempt, retry.reason(), retry.after(), now);
            case Outcome.Done _ -> throw new IllegalArgumentException("did not fail: " + attempt);
        };
        work.lastFailure = entry;
        Status after = work.error;
        if (after != null) {
            records.put(work, after, now);
            log.failed(work, kind(work), after, now);
        }
    }

    /** Retries do not wait for longer than the longest delay that is now in force, unless their operation asked for it. */
    void optionsChanged(long now) {
        long latest = now + Nanos.of(options.get().retryMax());
        List<Work<T>> waiting = new ArrayList<>();
        backlog.retries().forEach(waiting::add);
        for (Work<T> work : waiting) {
            Status error = work.error;
            if (error != null && error.error() != null && !work.delayAsked && work.dueNanos - latest > 0) {
                Instant next = setup.scheduler().instant().plusNanos(latest - now);
                Status sooner =
                        Status.error(error.generation(), error.updatedAt(), error.error(), error.attempts(), next);
                backlog.reschedule(work, sooner, latest);
                records.put(work, sooner, now);
            }
        }
    }

    private Explanation.Attempt blocked(Work<T> work, Attempt<T> attempt, Outcome.Blocked outcome, long now) {
        Blockers<T> blockers = backlog.blockers();
        String refusal = blockers.refusal(work, outcome.table(), outcome.key());
        if (refusal != null) {
            return again(work, attempt, refusal + " (" + outcome.reason() + ")", null, now);
        }
        Explanation.Attempt entry = journal.failed(attempt, work.key, kind(work), "blocked", outcome.reason());
        Blocker on = blockers.name(outcome.table(), outcome.key());
        Status status =
                Status.blocked(work.generation, setup.scheduler().instant(), outcome.reason(), work.failures + 1, on);
        backlog.blocked(work, status, on, attempt.txn(), now);
        return entry;
    }

    /** What was to follow from the attempt broke off: if nothing had followed yet, it counts as failed. Whatever breaks again, the work comes to its turn. */
    void brokeOff(Work<T> work, Attempt<T> attempt, Throwable fault, long now) {
        boolean runs = attempt.isRunning();
        try {
            if (work.state == Work.State.RUNNING && work.generation == attempt.generation()) {
                work.running = runs ? work.running : null;
                String reason = "what was to follow from the " + kind(work) + " broke: " + Reason.of(fault);
                again(work, reason, null, now, now);
                Status after = work.error;
                if (after != null) {
                    records.put(work, after, now);
                }
            }
        } finally {
            backlog.restore(work, runs, now + AFTER_A_FAULT);
        }
    }

    /** What was done was not taken by its row, that many times in sequence. */
    void refused(Work<T> work, String reason, int times, long now) {
        work.failures = times - 1;
        again(work, reason, null, now, now);
        Status after = work.error;
        if (after != null) {
            records.put(work, after, now);
        }
    }

    private Explanation.Attempt forGood(Work<T> work, Attempt<T> attempt, String reason) {
        forGood(work, reason);
        return journal.failed(attempt, work.key, kind(work), "permanent", reason);
    }

    private void forGood(Work<T> work, String reason) {
        Instant at = setup.scheduler().instant();
        int attempts = work.failures + 1;
        backlog.failedForGood(work, Status.permanent(work.generation, at, reason, attempts));
        journal.failedForGood(kind(work), work.key, reason, attempts);
    }

    private Explanation.Attempt again(
            Work<T> work, Attempt<T> attempt, String reason, @Nullable Duration asked, long now) {
        boolean again = again(work, reason, asked, now - attempt.tookNanos(), now);
        String error = again || work.error == null ? reason : work.error.error();
        return journal.failed(attempt, work.key, kind(work), again ? "failed" : "permanent", error);
    }

    /** Says whether there will be another attempt. */
    private boolean again(Work<T> work, String reason, @Nullable Duration asked, long startedNanos, long now) {
        int counted = work.failures + 1 - work.forgiven;
        long since = work.failingSinceNanos == null ? startedNanos : work.failingSinceNanos;
        work.failingSinceNanos = since;
        String givenUp = GiveUp.reason(options.get(), counted, now - since, reason);
        if (givenUp != null) {
            forGood(work, givenUp);
            return false;
        }
        long delay = asked != null ? Nanos.of(asked) : backoff.delayNanos(options.get(), counted);
        Instant at = setup.scheduler().instant();
        Status status = Status.error(work.generation, at, reason, work.failures + 1, at.plusNanos(delay));
        work.delayAsked = asked != null;
        backlog.failed(work, status, now + delay);
        return true;
    }

    private static OperationKind kind(Work<?> work) {
        return work.delete ? OperationKind.DELETE : OperationKind.UPDATE;
    }

    /** What an outcome says of a failure, or null when it is none. */
    static @Nullable String errorOf(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> null;
            case Outcome.Retry retry -> retry.reason();
            case Outcome.Permanent permanent -> permanent.reason();
            case Outcome.Blocked blocked -> blocked.reason();
        };
    }
}
