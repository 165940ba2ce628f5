package dev.homeostat.statedb.engine;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import dev.homeostat.statedb.watch.EitherWatch;
import dev.homeostat.statedb.watch.WatchToken;
import dev.homeostat.statedb.watch.Watched;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.ref.Reference;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A write transaction, and with it the story of a commit.
 *
 * <h2>Before</h2>
 * The transaction locks its tables in the order of their ids, so that two transactions never wait for each other, and takes the newest root as its base. A table is
 * given a {@link TableWriter} at the first write to it. The writer copies the nodes that it changes, once; the base stays what it was, for everybody.
 *
 * <h2>Commit</h2>
 * <ol>
 *   <li>Each writer tends its graveyard: it buries its deletes if change iterators are open, and drops what all of them have seen. This may fail, and then the
 *       transaction is aborted.
 *   <li>Under the lock of the root, which is held shortly, the newest root is copied with the new states of the changed tables, and stored in the one
 *       volatile field. Other tables may have been committed since the base was taken; their states are taken over. Change iterators are registered
 *       under the same lock: one that appeared since the first step began at the committed state, so what this transaction deleted must be kept for it,
 *       and is buried now.
 *   <li>The parts that were replaced are closed, which wakes those who watch them. Whoever wakes finds the new root. A watch that is asked for between the
 *       second and the third step sits in a part that will be closed, or that is already marked as closed: none is lost.
 *   <li>The tables are unlocked.
 * </ol>
 *
 * <h2>Abort</h2>
 * The writers are forgotten; nobody ever saw what they made but through this transaction. The watches that it gave out close by a token of their own, because
 * the parts that they sit in may be shared with readers.
 *
 * <h2>Neither</h2>
 * The locks know the transaction only weakly, through its {@link Hold}: one that everybody forgot is found by {@link DroppedTransactions}, and its locks are given
 * back.
 */
final class WriteTransaction implements WriteTxn {
    private static final VarHandle PHASE;

    static {
        try {
            PHASE = MethodHandles.lookup().findVarHandle(WriteTransaction.class, "phase", Phase.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private enum Phase {
        OPEN,
        COMMITTING,
        COMMITTED,
        ABORTED
    }

    private final MemoryDatabase database;
    private final StoredTable<?>[] tables;
    private final @Nullable TableWriter<?>[] writers;
    private final Hold hold;
    private final Root base;
    private final long started;

    /** What a recording of the JVM is told, where there is one. */
    private final @Nullable CommitEvent event;

    /** Left from {@code OPEN} by compare-and-set: whoever owns a transaction may abort it from another thread, when a plugin stops. */
    private volatile Phase phase = Phase.OPEN;

    /** Locks the tables, which are distinct and in the order of their ids. */
    WriteTransaction(MemoryDatabase database, StoredTable<?>[] tables, @Nullable String label) {
        this.database = database;
        this.tables = tables;
        this.writers = new TableWriter<?>[tables.length];
        Throwable opened = database.isDebugging() ? new Throwable("the transaction was opened here") : null;
        this.hold = new Hold(this, tables, label, opened, Thread.currentThread());
        refuseDeadlock();
        refuseListener();
        this.event = CommitEvent.begun();
        lock();
        this.base = database.root();
        this.started = database.metrics().now();
    }

    /** A watch on a part of a state that was taken from that transaction. */
    static Watch watch(ReadTxn txn, Watched part) {
        return txn instanceof WriteTransaction writing
                ? new EitherWatch(part.watch(), writing.hold.abortToken())
                : part.watch();
    }

    @Override
    public Database database() {
        return database;
    }

    /** The snapshot that this transaction began with. */
    Root base() {
        requireOpen();
        return base;
    }

    /** The writer of a table, which must be locked by this transaction. */
    @SuppressWarnings("unchecked") // the writer at a table's place is the table's
    <T> TableWriter<T> writer(StoredTable<T> table) {
        requireOpen();
        for (int i = 0; i < tables.length; i++) {
            if (tables[i] == table) {
                TableWriter<?> writer = writers[i];
                if (writer == null) {
                    writer = new TableWriter<>(base.state(table));
                    writers[i] = writer;
                }
                return (TableWriter<T>) writer;
            }
        }
        throw new IllegalStateException(
                "table \"" + table.name() + "\" is not locked by this write transaction, which has "
                        + Arrays.stream(tables).map(StoredTable::name).toList() + "; name it in writeTxn(…)");
    }

    /** The state of a table, own writes included, as it is now. */
    <T> TableState<T> state(StoredTable<T> table) {
        TableWriter<T> writer = writerOrNull(table);
        return writer == null ? base.state(table) : writer.show();
    }

    /** The roots of a table's indexes, own writes included: valid until the next write. */
    Watched[] trees(StoredTable<?> table) {
        TableWriter<?> writer = writerOrNull(table);
        return writer == null ? base.state(table).trees() : writer.trees();
    }

    @Override
    public ReadTxn commit() {
        requireOpen();
        if (!PHASE.compareAndSet(this, Phase.OPEN, Phase.COMMITTING)) {
            throw ended();
        }
        if (event != null) {
            event.commits();
        }
        Root published = null;
        try {
            Root root = publish();
            published = root;
            phase = Phase.COMMITTED;
            endWriters();
            closeReplaced();
            database.metrics().committed(this, tables, root);
            return root;
        } finally {
            if (published != null) {
                hold.releaseAll();
                tell(published);
            } else {
                phase = Phase.ABORTED;
                drop(true);
            }
            Reference.reachabilityFence(this); // or it might count as dropped while it is being committed
        }
    }

    @Override
    public void abort() {
        if (PHASE.compareAndSet(this, Phase.OPEN, Phase.ABORTED)) {
            drop(true);
        }
    }

    /** Ends it without having written and without a word to the metrics: it only served to lock a table that is gone now. */
    void endUntold() {
        if (PHASE.compareAndSet(this, Phase.OPEN, Phase.ABORTED)) {
            drop(false);
        }
    }

    /** What is left to do once the phase says that it is aborted. */
    private void drop(boolean told) {
        endWriters();
        Arrays.fill(writers, null);
        try {
            hold.abort();
            if (told) {
                database.metrics().aborted(this, tables);
            }
        } finally {
            hold.releaseAll();
            Reference.reachabilityFence(this);
        }
        if (told) {
            tell(null);
        }
        wakeCollectors();
    }

    private void tell(@Nullable Root published) {
        if (event != null) {
            event.ended(tables, hold.label(), base, published);
        }
    }

    private IllegalStateException ended() {
        return new IllegalStateException("this write transaction was "
                + (phase == Phase.ABORTED ? "aborted" : "committed")
                + " before; read from the snapshot that commit() gives, or from a new transaction");
    }

    /** The time at which the locks were taken, where it is measured. */
    long started() {
        return started;
    }

    private Root publish() {
        boolean changed = false;
        for (TableWriter<?> writer : writers) {
            if (writer != null) {
                writer.tend();
                changed |= writer.changed();
            }
        }
        return changed ? database.publish(writers) : database.root();
    }

    private void endWriters() {
        for (TableWriter<?> writer : writers) {
            if (writer != null) {
                writer.end();
            }
        }
    }

    private void closeReplaced() {
        for (TableWriter<?> writer : writers) {
            if (writer != null) {
                writer.closeReplaced();
            }
        }
        wakeCollectors();
    }

    /** Also where nothing was written: a collection that met this transaction, on its own thread, was refused. */
    private void wakeCollectors() {
        for (StoredTable<?> table : tables) {
            table.collector().wake();
        }
    }

    @SuppressWarnings("ReferenceEquality") // the very thread is meant
    private void refuseDeadlock() {
        for (StoredTable<?> table : tables) {
            Hold holder = table.lock().holder();
            if (holder != null) {
                database.droppedTransactions().reclaim(table.lock());
                holder = table.lock().holder();
            }
            if (holder != null && holder.thread() == hold.thread()) {
                throw new IllegalStateException("table \"" + table.name() + "\": this thread, \""
                        + hold.thread().getName() + "\", has already locked it with the " + holder
                        + ", so that waiting would never end; commit or abort that one first, or name all tables in one"
                        + " writeTxn(…)");
            }
        }
    }

    /** A listener runs while the tables of a commit are locked: two that wait for each other's tables would wait for ever. */
    private void refuseListener() {
        if (WatchToken.isCallingListeners()) {
            throw new IllegalStateException("a listener of a watch opens a " + hold
                    + ", while the commit that called it still holds its own tables; write from another thread, such"
                    + " as a task of the scheduler");
        }
    }

    private void lock() {
        try {
            for (StoredTable<?> table : tables) {
                long begin = database.metrics().now();
                table.lock().lock(hold);
                if (table.removed()) {
                    throw new TableRemovedException(table.name());
                }
                database.metrics().locked(table, begin);
            }
            database.droppedTransactions().expectCheck();
            if (event != null) {
                event.locked();
            }
        } catch (Throwable t) { // whatever it was, nobody else knows of these locks
            hold.releaseAll();
            throw t;
        }
    }

    @SuppressWarnings("unchecked") // the writer at a table's place is the table's
    private <T> @Nullable TableWriter<T> writerOrNull(StoredTable<T> table) {
        requireOpen();
        for (int i = 0; i < tables.length; i++) {
            if (tables[i] == table) {
                return (TableWriter<T>) writers[i];
            }
        }
        return null;
    }

    @SuppressWarnings("ReferenceEquality") // the very thread is meant
    private void requireOpen() {
        if (phase != Phase.OPEN) {
            throw ended();
        }
        Thread current = Thread.currentThread();
        if (hold.thread() != current) {
            hold.thread(current);
        }
    }
}
