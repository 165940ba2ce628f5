package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Explanation;
import dev.homeostat.api.reconcile.Status;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What is to be done about one key. There is one as long as there is something to do, something failed, or an operation runs; a row that is done has none.
 *
 * <p>Touched by the owner of the event loop only; a struct on purpose, whose states are changed in {@link Backlog}. {@code dueNanos} is the time of the
 * next attempt.
 */
final class Work<T> extends Due {
    /** Where it is. */
    enum State {
        /** Nothing to do; it is here because an operation on its key runs. */
        IDLE,
        /** In the queue for an operation. */
        READY,
        /** In the queue for its time. */
        WAITING,
        /** Its operation runs, for the present generation. */
        RUNNING,
        /** Something is to be done as soon as the operation on its key ended. */
        CLOSED,
        /** Something is to be done as soon as its key is not paused any more. */
        HELD,
        /** Waits for another row. */
        BLOCKED,
        /** Its turn has come in mode PLAN: it waits for mode APPLY. */
        PLANNED,
        /** Failed for good. */
        PARKED,
        /** Not in the backlog any more. */
        GONE;

        /** Whether there is something to do for which it waits, and not for a time or another row. */
        boolean awaitsTurn() {
            return this == READY || this == CLOSED || this == HELD || this == PLANNED;
        }
    }

    /** Older than any generation. */
    static final long NO_GENERATION = -1;

    final Key key;

    @Nullable
    Row<T> row;

    boolean delete;
    long generation = NO_GENERATION;

    /** The revision of the change or of the row that this is about; what is not newer tells nothing. */
    long revision = NO_GENERATION;

    /** Set by the {@link Backlog} only. */
    State state = State.IDLE;

    Cause cause = Cause.CHANGE;
    Map<String, String> facts = Map.of();

    /** Its place among those that were put back, or null. */
    PutBack.@Nullable Place<T> putBack;

    /** Attempts at this generation that failed. */
    int failures;

    /** How many of the failures do not count any more: those up to the last that found it blocked, or until somebody asked for a retry. */
    int forgiven;

    /** When the first attempt began that failed in this row of failures; null before. */
    @Nullable
    Long failingSinceNanos;

    /** What it waits for, if it is blocked. */
    @Nullable
    BlockingRow<T> blockedOn;

    /** Whether the operation itself said when it is to be retried. */
    boolean delayAsked;

    /** Whether somebody wanted an attempt while one ran, which may be too late for what they mended: if it fails, the next one is due at once. */
    boolean retryAsked;

    /** The status that the last attempt at this generation left, when it failed. */
    @Nullable
    Status error;

    /** The place among those that fail, by the order in which they began to; 0 for one that does not. */
    long failingNumber;

    /** Those with which it shares its error; null when it does not fail, or with one of too many errors. */
    ByError.@Nullable Group<T> failureGroup;

    /** When it began to fail; set while {@code failingNumber} is. */
    @Nullable
    Instant failingSince;

    /** The last attempt, when it failed. */
    Explanation.@Nullable Attempt lastFailure;

    /** The operation that runs on the key, perhaps for an older generation, perhaps abandoned. */
    @Nullable
    Attempt<T> running;

    /** Whether an attempt at this generation has ended. */
    boolean attempted;

    /** Whether this generation was done, or given up for good: no wait waits for it. */
    boolean settled;

    /** When it became unsettled again, counted by {@link Waits}; 0 when it has been since the change. */
    long unsettledSince;

    Work(Key key) {
        this.key = key;
    }

    /** Whether there is nothing to do about the key, as far as was seen. */
    boolean isIdle() {
        return generation == NO_GENERATION;
    }

    /** Whether there is a delete that is not done yet. */
    boolean isUndoneDelete() {
        return delete && generation != NO_GENERATION;
    }

    /** Whether it is blocked, and nothing that reconcilers do will end that. */
    boolean isStuck() {
        return blockedOn != null && blockedOn.stuck;
    }

    Row<T> row() {
        Row<T> present = row;
        if (present == null) {
            throw new IllegalStateException("there is nothing to do about " + key);
        }
        return present;
    }

    @Override
    public String toString() {
        return key + "@" + generation + " " + state;
    }
}
