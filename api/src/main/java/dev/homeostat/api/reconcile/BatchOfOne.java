package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import org.jspecify.annotations.Nullable;

/** A single operation seen as a batch. */
final class BatchOfOne<T> extends ForwardingContext implements BatchEntry<T>, BatchContext {
    private final T row;
    private @Nullable Outcome outcome;

    BatchOfOne(OperationContext context, T row) {
        super(context);
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
}
