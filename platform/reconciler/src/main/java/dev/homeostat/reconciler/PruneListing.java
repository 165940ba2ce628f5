package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.PruneContext;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Collects what a prune registers, until the prune returns. Safe for all threads. */
final class PruneListing implements PruneContext {
    private @Nullable OperationContext attempt;
    private final List<PlannedRemoval> removals = new ArrayList<>();
    private boolean closed;

    /** Belongs to this attempt from now on; called once, before anything else. */
    synchronized void begin(OperationContext context) {
        attempt = context;
    }

    @Override
    public void remove(String name, Key rowKey, PruneContext.Removal action) {
        requireNonNull(rowKey, "rowKey");
        add(new PlannedRemoval(requireNonNull(name, "name"), rowKey, null, requireNonNull(action, "action")));
    }

    @Override
    public void remove(String name, Predicate<ReadTxn> stillUndesired, PruneContext.Removal action) {
        requireNonNull(stillUndesired, "stillUndesired");
        add(new PlannedRemoval(requireNonNull(name, "name"), null, stillUndesired, requireNonNull(action, "action")));
    }

    /** Ends the registration and gives what was registered. */
    synchronized List<PlannedRemoval> close() {
        closed = true;
        return List.copyOf(removals);
    }

    @Override
    public ReadTxn txn() {
        return context().txn();
    }

    @Override
    public long generation() {
        return context().generation();
    }

    @Override
    public int attempt() {
        return context().attempt();
    }

    @Override
    public Cause cause() {
        return context().cause();
    }

    @Override
    public Instant deadline() {
        return context().deadline();
    }

    @Override
    public boolean isCancelled() {
        return context().isCancelled();
    }

    @Override
    public Map<String, String> facts() {
        return context().facts();
    }

    @Override
    public void learn(String name, String fact) {
        context().learn(name, fact);
    }

    private synchronized OperationContext context() {
        return requireNonNull(attempt, "attempt");
    }

    private synchronized void add(PlannedRemoval removal) {
        if (closed) {
            throw new IllegalStateException(
                    "the prune has returned: register \"" + removal.name() + "\" before, or in the next prune");
        }
        removals.add(removal);
    }
}
