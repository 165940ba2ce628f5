package dev.homeostat.api.reconcile;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ReadTxn;
import java.time.Instant;
import java.util.Map;

/**
 * A context that passes everything on to another one: the base for operations that wrap others, to measure, log or limit them, and hand them a context in which a
 * single method answers differently. Methods that contexts gain in later versions are passed on too, which a wrapper of one's own would miss.
 */
public abstract class ForwardingContext implements OperationContext {
    private final OperationContext context;

    /**
     * Stands before that context.
     *
     * @throws NullPointerException if it is null
     */
    protected ForwardingContext(OperationContext context) {
        this.context = requireNonNull(context, "context");
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
