package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Watch;
import dev.homeostat.statedb.tree.RevisionCursor;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The changes of one table from an iterator's place up to one snapshot: rows and deletes, merged by revision. The iterator's place moves with every change that
 * is taken.
 *
 * <p>A snapshot that is older than the iterator gives nothing: a row of it may have been deleted before the iterator was registered, and that delete is not
 * kept for it.
 */
final class ChangeSequence<T> implements Iterator<Change<T>> {
    private final ChangeFollower<T> follower;
    private final ChangeTracker tracker;
    private final TableState<T> state;
    private final RevisionCursor rows;
    private final RevisionCursor graves;
    private @Nullable Row<T> row;
    private Change.@Nullable Delete<T> grave;
    private boolean ended;

    ChangeSequence(ChangeFollower<T> follower, ChangeTracker tracker, TableState<T> state) {
        this.follower = follower;
        this.tracker = tracker;
        this.state = state;
        long to = state.revision() < tracker.start() ? -1 : state.revision();
        long from = tracker.position() + 1;
        this.rows = new RevisionCursor(state.byRevision(), from, to);
        this.graves = new RevisionCursor(state.graveyard().byRevision(), Math.max(from, tracker.start() + 1), to);
        this.row = nextRow();
        this.grave = nextGrave();
        finishIfEmpty(to);
    }

    /** This sequence as it is given out. */
    Changes<T> changes() {
        return new Consumable<>(this, state);
    }

    @Override
    public boolean hasNext() {
        return !ended && !follower.isClosed() && (row != null || grave != null);
    }

    @Override
    public Change<T> next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        Change<T> change;
        if (grave == null || (row != null && row.revision() < grave.revision())) {
            change = new Change.Update<>(requireNonNull(row));
            row = nextRow();
        } else {
            change = grave;
            grave = nextGrave();
        }
        tracker.advance(change.revision());
        finishIfEmpty(state.revision());
        return change;
    }

    /** Another sequence takes over. */
    void end() {
        ended = true;
    }

    private void finishIfEmpty(long revision) {
        if (row == null && grave == null && revision > tracker.position()) {
            tracker.advance(revision);
        }
        if (row == null && grave == null) {
            follower.consumed();
        }
    }

    @SuppressWarnings("unchecked") // the vector holds rows of this table
    private @Nullable Row<T> nextRow() {
        return (Row<T>) rows.next();
    }

    @SuppressWarnings("unchecked") // the vector holds deletes of this table
    private Change.@Nullable Delete<T> nextGrave() {
        return (Change.Delete<T>) graves.next();
    }

    private record Consumable<T>(ChangeSequence<T> sequence, TableState<T> state) implements Changes<T> {
        @Override
        public Iterator<Change<T>> iterator() {
            return sequence;
        }

        @Override
        public Watch watch() {
            return state.byRevision().watch();
        }
    }
}
