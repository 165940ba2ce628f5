package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.reconcile.Status;
import org.jspecify.annotations.Nullable;

/** One reconciler as the others of its registry see it. */
final class OnePeer<T> implements Peer {
    private final Setup<T> setup;
    private final EventLoop loop;
    private final Blockers<T> blockers;
    private final StatusView<T> statuses;

    OnePeer(Setup<T> setup, EventLoop loop, Blockers<T> blockers) {
        this.setup = setup;
        this.loop = loop;
        this.blockers = blockers;
        this.statuses = new StatusView<>(setup);
    }

    @Override
    public String name() {
        return setup.name();
    }

    @Override
    public String table() {
        return setup.table().name();
    }

    @Override
    public @Nullable Status status(ReadTxn txn, Key key) {
        try {
            return statuses.status(txn, key);
        } catch (RuntimeException
                | LinkageError
                        e) { // the table is gone, or another of that name; a row's status is got by its plugin's code
            return null;
        }
    }

    @Override
    @SuppressWarnings("unchecked") // a row of this reconciler's table
    public long generation(Row<?> row) {
        try {
            return setup.store().generation((Row<T>) row);
        } catch (RuntimeException | LinkageError e) { // as above
            return row.revision();
        }
    }

    @Override
    public @Nullable Watch watch(ReadTxn txn, Key key) {
        try {
            return setup.store().watch(txn, key);
        } catch (TableRemovedException e) {
            return null; // it stopped, and says nothing any more
        }
    }

    @Override
    public void peersChanged(String table) {
        if (blockers.isInUse()) {
            loop.post(new Event.PeersChanged(table));
        }
    }
}
