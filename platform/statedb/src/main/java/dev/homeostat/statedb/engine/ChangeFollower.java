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
        if (closed.get()) {
            throw new IllegalStateException(
                    "table \"" + table.name() + "\": this change iterator is closed; open another one with changes()");
        }
        if (table.removed()) {
            throw new TableRemovedException(table.name());
        }
        if (current != null) {
            current.end();
        }
        // A write transaction may still abort: only what is committed counts.
        Root snapshot = txn instanceof WriteTransaction writing ? writing.base() : root(txn);
        current = new ChangeSequence<>(this, tracker, snapshot.state(table));
        return current.changes();
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
