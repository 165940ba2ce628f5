package dev.homeostat.statedb.engine;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Change;
import dev.homeostat.statedb.tree.Edit;
import dev.homeostat.statedb.tree.RevisionCursor;
import dev.homeostat.statedb.tree.RevisionVector;
import dev.homeostat.statedb.watch.Watched;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The deletes of one table that some change iterator has not seen yet: by primary key, so that a row that comes back takes its delete away, and by the
 * revision of the delete. Immutable but for the edit that made it.
 */
record Graveyard<T>(PrimaryIndex<T> primary, Watched byKey, RevisionVector byRevision) {

    static <T> Graveyard<T> empty(PrimaryIndex<T> primary) {
        return new Graveyard<>(primary, primary.empty(0), RevisionVector.empty(0));
    }

    boolean isEmpty() {
        return byRevision.count() == 0;
    }

    long size() {
        return byRevision.count();
    }

    /** The revision of the oldest delete, or {@link Long#MAX_VALUE} where there is none. */
    long oldest() {
        return isEmpty() ? Long.MAX_VALUE : byRevision.ceiling(0);
    }

    /** With one more delete, newer than all others. */
    Graveyard<T> bury(Change.Delete<T> delete, Edit edit) {
        Graveyard<T> left = revive((StoredRow<T>) delete.row(), edit);
        StoredRow<?> grave = primary.sameKey((StoredRow<T>) delete.row(), delete, delete.revision());
        return new Graveyard<>(
                primary, primary.put(left.byKey, grave, edit), left.byRevision.append(delete.revision(), delete, edit));
    }

    /** Without the delete of that row's key: the key has a row again. */
    Graveyard<T> revive(StoredRow<T> row, Edit edit) {
        StoredRow<?> grave = isEmpty() ? null : primary.find(byKey, row);
        return grave == null ? this : without(grave, edit);
    }

    /** Without the deletes up to that revision. */
    Graveyard<T> collect(long upTo, Edit edit) {
        if (oldest() > upTo) {
            return this;
        }
        if (byRevision.ceiling(upTo == Long.MAX_VALUE ? upTo : upTo + 1) < 0) {
            return empty(primary);
        }
        Graveyard<T> left = this;
        for (Change.Delete<T> delete : deletes(upTo)) {
            StoredRow<?> grave = primary.find(left.byKey, (StoredRow<T>) delete.row());
            left = left.without(requireNonNull(grave), edit);
        }
        return left;
    }

    @SuppressWarnings("unchecked") // the vector holds deletes of this table
    private List<Change.Delete<T>> deletes(long upTo) {
        List<Change.Delete<T>> deletes = new ArrayList<>();
        RevisionCursor cursor = new RevisionCursor(byRevision, 0, upTo);
        for (@Nullable Object next = cursor.next(); next != null; next = cursor.next()) {
            deletes.add((Change.Delete<T>) next);
        }
        return deletes;
    }

    private Graveyard<T> without(StoredRow<?> grave, Edit edit) {
        return new Graveyard<>(primary, primary.remove(byKey, grave, edit), byRevision.remove(grave.revision(), edit));
    }
}
