package dev.homeostat.testkit.simulation;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Outcome;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An entry of a batch on its way to the operations, seen by who stands between them and the reconciler.
 *
 * @param <T> the type of the rows
 */
public abstract class RelayedEntry<T> implements BatchEntry<T> {
    private final BatchEntry<T> entry;
    private boolean said;

    /** Stands before that entry. */
    protected RelayedEntry(BatchEntry<T> entry) {
        this.entry = entry;
    }

    /** What becomes of the result that the operations have given; null lets it get lost. */
    protected abstract @Nullable Outcome relayed(Outcome outcome);

    /** Whether the operations have given a result. */
    public final synchronized boolean isSaid() {
        return said;
    }

    @Override
    public void result(Outcome outcome) {
        Outcome relayed = relayed(outcome);
        if (relayed != null) {
            entry.result(relayed);
        }
        synchronized (this) {
            said = true;
        }
    }

    @Override
    public final T row() {
        return entry.row();
    }

    @Override
    public final ReadTxn txn() {
        return entry.txn();
    }

    @Override
    public final long generation() {
        return entry.generation();
    }

    @Override
    public final int attempt() {
        return entry.attempt();
    }

    @Override
    public final Cause cause() {
        return entry.cause();
    }

    @Override
    public final Instant deadline() {
        return entry.deadline();
    }

    @Override
    public final boolean isCancelled() {
        return entry.isCancelled();
    }

    @Override
    public final Map<String, String> facts() {
        return entry.facts();
    }

    @Override
    public final void learn(String name, String fact) {
        entry.learn(name, fact);
    }
}
