package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Watch;
import dev.homeostat.statedb.tree.RevisionCursor;
import dev.homeostat.statedb.watch.WatchToken;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table from an iterator's place up to one snapshot: rows and deletes, merged by revision. The iterator's place moves with every change that
 * is taken.
 *
 * <p>A snapshot that is older than the iterator gives nothing: a row of it may have been deleted before the iterator was registered, and that delete is not
 * kept for it.
 *
 * <p>Holds the trees of the snapshot only while there is something left to take. What was consumed, superseded or closed keeps no old row alive, however long
 * the one who follows waits for more with it in the hand.
 */
final class ChangeSequence<T> implements Iterator<Change<T>> {
    private final ChangeFollower<T> follower;
    private final ChangeTracker tracker;
    /** The revision up to which this goes, or -1 for nothing. */
    private final long to;

    private final WatchToken more;
    private @Nullable RevisionCursor rows;
    private @Nullable RevisionCursor graves;
    private @Nullable Row<T> row;
    private Change.@Nullable Delete<T> grave;
    private boolean ended;

    ChangeSequence(ChangeFollower<T> follower, ChangeTracker tracker, TableState<T> state) {
        this.follower = follower;
        this.tracker = tracker;
        this.to = state.revision() < tracker.start() ? -1 : state.revision();
        long from = tracker.position() + 1;
        this.rows = new RevisionCursor(state.byRevision(), from, to);
        this.graves = new RevisionCursor(state.graveyard().byRevision(), Math.max(from, tracker.start() + 1), to);
        // Taken now: a token does not lead back to the vector, which leads to every row.
        this.more = state.byRevision().watch();
        this.row = nextRow();
        this.grave = nextGrave();
        finishIfEmpty();
    }

    /** This sequence as it is given out. */
    Changes<T> changes() {
        return new Consumable<>(this, more);
    }

    @Override
    public boolean hasNext() {
        return !ended && !follower.isClosed() && (row != null || grave != null);
    }

    @Override
    public Change<T> next() {
        Row<T> update = row;
        Change.Delete<T> delete = grave;
        if (ended || follower.isClosed() || (update == null && delete == null)) {
            throw new NoSuchElementException();
        }
        Change<T> change;
        if (delete == null || (update != null && update.revision() < delete.revision())) {
            change = new Change.Update<>(requireNonNull(update));
            row = nextRow();
        } else {
            change = delete;
            grave = nextGrave();
        }
        tracker.advance(change.revision());
        finishIfEmpty();
        return change;
    }

    /** Another sequence takes over, or the iterator is closed. */
    void end() {
        ended = true;
        row = null;
        grave = null;
        drop();
    }

    private void finishIfEmpty() {
        if (row == null && grave == null) {
            drop();
            if (to > tracker.position()) {
                tracker.advance(to);
            }
            follower.consumed();
        }
    }

    /** Lets go of the snapshot. */
    private void drop() {
        rows = null;
        graves = null;
    }

    @SuppressWarnings("unchecked") // the vector holds rows of this table
    private @Nullable Row<T> nextRow() {
        RevisionCursor cursor = rows;
        return cursor == null ? null : (Row<T>) cursor.next();
    }

    @SuppressWarnings("unchecked") // the vector holds deletes of this table
    private Change.@Nullable Delete<T> nextGrave() {
        RevisionCursor cursor = graves;
        return cursor == null ? null : (Change.Delete<T>) cursor.next();
    }

    private record Consumable<T>(ChangeSequence<T> sequence, Watch watch) implements Changes<T> {
        @Override
        public Iterator<Change<T>> iterator() {
            return sequence;
        }
    }
}
