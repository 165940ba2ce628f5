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
    private final Task<T> task;
    private @Nullable Outcome outcome;
    private boolean closed;

    Entry(Attempt<T> attempt, Task<T> task) {
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
        requireNonNull(given, () -> "entry " + task.text(attempt) + ": result(null); give an Outcome");
        Outcome checked = task.checked(attempt, given);
        synchronized (this) {
            if (closed) {
                throw new IllegalStateException("the result of entry " + task.text(attempt)
                        + " comes too late: its batch has ended or failed, or was"
                        + " given up at its deadline; it was: " + word(given));
            }
            if (outcome != null) {
                throw new IllegalStateException("entry " + task.text(attempt) + " was given a second result ("
                        + word(given) + ") after the first (" + word(outcome) + "): call result once for each entry");
            }
            outcome = checked;
        }
    }

    private static String word(Outcome outcome) {
        return switch (outcome) {
            case Outcome.Done _ -> "done";
            case Outcome.Retry retry -> "retry: " + retry.reason();
            case Outcome.Permanent permanent -> "permanent: " + permanent.reason();
            case Outcome.Blocked blocked -> "blocked: " + blocked.reason();
        };
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
