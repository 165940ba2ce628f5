package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.HashSet;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Finds keys by the kind of their status. The store says which may have it; each is checked against its row, since a status counts only for the generation
 * that it names. What nobody came to has no status beside its row: that is found in the queue.
 */
final class ByKind<T> {
    private final Setup<T> setup;
    private final EventLoop loop;
    private final Core<T> core;
    private final StatusView<T> statuses;

    ByKind(Setup<T> setup, EventLoop loop, Core<T> core, StatusView<T> statuses) {
        this.setup = setup;
        this.loop = loop;
        this.core = core;
        this.statuses = statuses;
    }

    Stream<Key> find(ReadTxn txn, StatusKind kind) {
        boolean queue = kind == StatusKind.PENDING && !setup.store().knowsPending();
        Stream<Key> candidates = queue ? pending(txn) : setup.store().withKind(txn, kind);
        return candidates.filter(key -> {
            Status status = statuses.status(txn, key);
            return status != null && status.kind() == kind;
        });
    }

    private Stream<Key> pending(ReadTxn txn) {
        Set<Key> known = new HashSet<>();
        long lookedAt = loop.look(() -> {
            core.backlog().all().forEach(work -> known.add(work.key));
            core.records().addUncommitted(known);
            return core.stopping().hasBegun() ? -1 : core.intake().position();
        });
        Stream<Key> notComeTo =
                setup.table().byRevision(txn, lookedAt + 1).stream().map(Row::key);
        return Stream.concat(
                        Stream.concat(known.stream(), notComeTo), setup.store().withKind(txn, StatusKind.PENDING))
                .distinct();
    }
}
