package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Outcome;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a batch sees of one attempt, and where it leaves its result. Safe for all threads. */
final class Entry<T> implements BatchEntry<T> {
    private final Attempt<T> attempt;
    private final Attempt.Task<T> task;
    private @Nullable Outcome outcome;
    private boolean closed;

    Entry(Attempt<T> attempt, Attempt.Task<T> task) {
        this.attempt = attempt;
        this.task = task;
    }

    /** Takes no result from now on; gives the one that there is, or else that one. */
    synchronized Outcome close(Outcome otherwise) {
        closed = true;
        if (outcome == null) {
            outcome = otherwise;
        }
        return outcome;
    }

    /** Takes no result from now on; says whether there is none. */
    synchronized boolean closeEmpty() {
        closed = true;
        return outcome == null;
    }

    @Override
    public T row() {
        return attempt.row().value();
    }

    @Override
    public void result(Outcome given) {
        Outcome checked = task.checked(attempt, requireNonNull(given, "outcome"));
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException(
                        "the result of " + attempt + " comes too late: its batch has ended or failed, or was"
                                + " given up at its deadline; it was " + given);
            }
            if (outcome != null) {
                throw new IllegalStateException(
                        attempt + " has a result already, " + outcome + "; the second one was " + given);
            }
            outcome = checked;
        }
    }

    @Override
    public ReadTxn txn() {
        return attempt.txn();
    }

    @Override
    public long generation() {
        return attempt.generation();
    }

    @Override
    public int attempt() {
        return attempt.attempt();
    }

    @Override
    public Cause cause() {
        return attempt.cause();
    }

    @Override
    public Instant deadline() {
        return attempt.deadline();
    }

    @Override
    public boolean isCancelled() {
        return attempt.isCancelled();
    }

    @Override
    public Map<String, String> facts() {
        return attempt.facts();
    }

    @Override
    public void learn(String name, String fact) {
        attempt.learn(name, fact);
    }
}
