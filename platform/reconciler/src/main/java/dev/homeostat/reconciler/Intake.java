package dev.homeostat.reconciler;

import dev.homeostat.api.db.Change;
import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.db.Watch;
import java.util.Iterator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Takes the changes of the table one by one, in revision order. What was not taken yet stays in the table: this is the queue of rows that wait for their
 * first attempt, and it takes no memory.
 */
final class Intake<T> {
    private final Table<T> table;
    private final EventLoop loop;
    private final ChangeIterator<T> changes;
    private @Nullable Iterator<Change<T>> current;
    private Watch.@Nullable Registration watching;
    private long currentUpTo;
    private long position;
    private long completed;
    private boolean closed;

    /** Set by the thread that commits to the table, before it posts the event. */
    private volatile boolean moreInTheTable = true;

    /** @param changes of the table, of which nothing was taken yet; is closed with this */
    Intake(Table<T> table, ChangeIterator<T> changes, EventLoop loop) {
        this.table = table;
        this.loop = loop;
        this.changes = changes;
    }

    /**
     * The next change, or null when there is none now; then a later one is announced with an event.
     *
     * @param newest gives the newest snapshot, a newer one each time: with the same one again, a commit that it does not hold would be looked for without
     *     end; null ends the search
     */
    @Nullable
    Change<T> next(Supplier<? extends @Nullable ReadTxn> newest) {
        while (true) {
            if (current != null && current.hasNext()) {
                Change<T> change = current.next();
                position = change.revision();
                return change;
            }
            if (current != null) {
                position = currentUpTo;
                completed = currentUpTo;
                current = null;
            }
            if (!moreInTheTable) {
                return null;
            }
            ReadTxn snapshot = newest.get();
            if (snapshot == null) {
                return null;
            }
            open(snapshot);
        }
    }

    /** The revision of the table in the snapshot whose changes are being taken. */
    long upTo() {
        return currentUpTo;
    }

    /** Every change up to this revision was taken. */
    long position() {
        return position;
    }

    /**
     * Every row that was there at this revision was taken, or something newer of it. Where a written status lifts rows to higher revisions than those of
     * what they desire, that is known only when a whole snapshot was looked through: what was to come may have been lifted past the position.
     */
    long lookedAt(boolean liftsRows) {
        return liftsRows ? completed : position;
    }

    /** The number of deletes up to that snapshot that were not taken; none of those are left that were not when this was closed. */
    long deletesAhead(ReadTxn txn) {
        return closed ? 0 : changes.deletesAhead(txn);
    }

    void close() {
        closed = true;
        current = null;
        changes.close();
        if (watching != null) {
            watching.close(); // or the table would hold the reconciler until its next change
        }
    }

    private void open(ReadTxn newest) {
        moreInTheTable = false;
        Changes<T> next = changes.next(newest);
        currentUpTo = table.revision(newest);
        current = next.iterator();
        watching = next.watch().onClose(() -> {
            moreInTheTable = true;
            loop.post(Event.Look.AT_THE_TABLE);
        });
    }
}
