package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.ChangeIterator;
import dev.homeostat.api.db.Changes;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;
import java.lang.ref.Cleaner;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** A change iterator: one place in the revisions of one table, and the sequence that moves it. */
final class ChangeFollower<T> implements ChangeIterator<T> {
    /** Reaches no table: one that is forgotten with all of its iterators is collected, also when what listens to it refers to one of these. */
    private static final Cleaner CLEANER = Cleaner.create();

    private final StoredTable<T> table;
    private final ChangeTracker tracker;
    private final Cleaner.Cleanable release;
    private final AtomicBoolean closed = new AtomicBoolean();
    private @Nullable ChangeSequence<T> current;

    ChangeFollower(StoredTable<T> table, ChangeTracker tracker) {
        this.table = table;
        this.tracker = tracker;
        this.release = CLEANER.register(this, new Release(new WeakReference<>(table), tracker));
    }

    private record Release(WeakReference<? extends StoredTable<?>> table, ChangeTracker tracker) implements Runnable {
        @Override
        public void run() {
            StoredTable<?> present = table.get();
            if (present != null) {
                present.release(tracker);
            }
        }
    }

    @Override
    public Changes<T> next(ReadTxn txn) {
        checkOpen();
        if (current != null) {
            current.end();
        }
        current = new ChangeSequence<>(this, tracker, committed(txn));
        return current.changes();
    }

    @Override
    public long deletesAhead(ReadTxn txn) {
        checkOpen();
        return committed(txn).graveyard().byRevision().countFrom(tracker.needless() + 1);
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException(
                    "table \"" + table.name() + "\": this change iterator is closed; open another one with changes()");
        }
        if (table.removed()) {
            throw new TableRemovedException(table.name());
        }
    }

    /** A write transaction may still abort: only what is committed counts. */
    private TableState<T> committed(ReadTxn txn) {
        Root snapshot = txn instanceof WriteTransaction writing ? writing.base() : root(txn);
        return snapshot.state(table);
    }

    @Override
    public long revision() {
        return tracker.position();
    }

    @Override
    public void close() {
        closed.set(true);
        ChangeSequence<T> last = current;
        if (last != null) {
            last.end();
        }
        release.clean();
    }

    /** Called when a sequence was consumed to its end. */
    void consumed() {
        table.collector().wake();
    }

    boolean isClosed() {
        return closed.get();
    }

    private Root root(ReadTxn txn) {
        if (txn instanceof Root root) {
            return root;
        }
        throw table.foreign(txn);
    }
}
