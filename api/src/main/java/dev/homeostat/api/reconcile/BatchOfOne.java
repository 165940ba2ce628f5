package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ReadTxn;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A single operation seen as a batch. */
final class BatchOfOne<T> implements BatchEntry<T>, BatchContext {
    private final OperationContext context;
    private final T row;
    private @Nullable Outcome outcome;

    BatchOfOne(OperationContext context, T row) {
        this.context = context;
        this.row = row;
    }

    synchronized Outcome outcome() {
        return outcome == null ? Outcome.retry("the batch left it without a result") : outcome;
    }

    @Override
    public T row() {
        return row;
    }

    @Override
    public synchronized void result(Outcome given) {
        requireNonNull(given, "result(null); give an Outcome");
        if (outcome != null) {
            throw new IllegalStateException("the entry was given a second result, " + given + ", after the first, "
                    + outcome + ": call result once for each entry");
        }
        outcome = given;
    }

    @Override
    public ReadTxn txn() {
        return context.txn();
    }

    @Override
    public long generation() {
        return context.generation();
    }

    @Override
    public int attempt() {
        return context.attempt();
    }

    @Override
    public Cause cause() {
        return context.cause();
    }

    @Override
    public Instant deadline() {
        return context.deadline();
    }

    @Override
    public boolean isCancelled() {
        return context.isCancelled();
    }

    @Override
    public Map<String, String> facts() {
        return context.facts();
    }

    @Override
    public void learn(String name, String fact) {
        context.learn(name, fact);
    }
}
