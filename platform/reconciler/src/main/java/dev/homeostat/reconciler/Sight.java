package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What one snapshot shows of a row to somebody who is blocked on it. Holds no row.
 *
 * @param table its table; null where there is none of that name
 * @param exists whether the row is there
 * @param generation the generation of its desired state; statuses that are written into the row do not change it
 * @param statuses what the reconcilers of its table say of it, or of its undone delete; those that say nothing are left out
 */
record Sight(@Nullable Table<?> table, boolean exists, long generation, List<Seen> statuses) {
    static final Sight NOTHING = new Sight(null, false, 0, List.of());

    /** What one reconciler says. */
    record Seen(String reconciler, Status status) {}

    /** What that snapshot shows; a table that is younger than the snapshot is none. */
    static Sight of(ReadTxn txn, @Nullable Table<?> table, @Nullable Key key, List<Peer> peers) {
        if (table == null || key == null) {
            return NOTHING;
        }
        Row<?> row;
        try {
            row = row(txn, table, key);
        } catch (TableRemovedException e) {
            return NOTHING;
        }
        List<Seen> statuses = new ArrayList<>(peers.size());
        long generation = row == null ? 0 : peers.isEmpty() ? row.revision() : 0;
        for (Peer peer : peers) {
            Status status = peer.status(txn, key);
            if (status != null) {
                statuses.add(new Seen(peer.name(), status));
            }
            generation = row == null ? 0 : Math.max(generation, peer.generation(row));
        }
        return new Sight(table, row != null, generation, statuses);
    }

    /** Whether there is a table that can tell of a change. */
    boolean isWatched() {
        return table != null;
    }

    /** Whether there is nothing there, and no delete that is still to be done. */
    boolean isMissing() {
        return !exists && statuses.isEmpty();
    }

    /**
     * Whether something happened since then that whoever is blocked on the row waits for: it came, went or changed; a reconciler has done it; its delete is
     * done. Failures and the like are nothing to wait for.
     */
    boolean wakesSince(Sight then) {
        if (!Objects.equals(table, then.table) || exists != then.exists || generation != then.generation) {
            return true;
        }
        for (Seen seen : statuses) {
            if (seen.status.kind() == StatusKind.DONE && !seen.status.equals(then.of(seen.reconciler))) {
                return true;
            }
        }
        return !exists && statuses.size() < then.statuses.size();
    }

    /** Whether it will change, or may, without anybody who is blocked being served first: something of it is to be done, or nothing is. */
    boolean movesByItself() {
        boolean done = true;
        for (Seen seen : statuses) {
            switch (seen.status.kind()) {
                case PENDING, REFRESHING -> {
                    return true;
                }
                case ERROR -> {
                    if (!seen.status.isPermanent() && seen.status.blockedOn() == null) {
                        return true;
                    }
                    done = false;
                }
                case DONE -> {}
            }
        }
        return done && !isMissing();
    }

    private @Nullable Status of(String reconciler) {
        for (Seen seen : statuses) {
            if (seen.reconciler.equals(reconciler)) {
                return seen.status;
            }
        }
        return null;
    }

    private static <R> @Nullable Row<R> row(ReadTxn txn, Table<R> table, Key key) {
        return table.get(txn, table.spec().lookup(key));
    }
}
