package dev.homeostat.testkit;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Rows;
import dev.homeostat.api.reconcile.Operations;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.PruneContext;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * A stand-in for the prune of operations that have none: it knows which rows were attempted on the target, by whatever process, and registers the deletes of those
 * that nobody desires. Without it a process that dies before a delete would leave something behind, for which its operations are not to blame.
 */
final class Leftovers<T> {
    private final Map<Key, T> attempted = new ConcurrentHashMap<>();
    private final Function<T, Key> key;

    Leftovers(Function<T, Key> key) {
        this.key = key;
    }

    void attempts(T row) {
        attempted.put(key.apply(row), row);
    }

    void deleted(T row) {
        attempted.remove(key.apply(row));
    }

    void prune(PruneContext context, Rows<T> desired, Operations<T> operations) {
        Set<Key> wanted = desired.stream().map(Row::key).collect(Collectors.toSet());
        attempted.forEach((rowKey, row) -> {
            if (!wanted.contains(rowKey)) {
                context.remove("what " + row + " stood for", rowKey, removal -> {
                    Outcome outcome = operations.delete(removal, row);
                    if (!(outcome instanceof Outcome.Done)) {
                        throw new IllegalStateException(outcome.toString());
                    }
                    attempted.remove(rowKey, row);
                });
            }
        });
    }
}
