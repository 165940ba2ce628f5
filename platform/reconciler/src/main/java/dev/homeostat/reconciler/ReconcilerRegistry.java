package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Database;
import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Table;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusSet;
import dev.homeostat.api.reconcile.StatusSlot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * The reconcilers of one database, whoever started them. Safe for all threads.
 *
 * <p>Give the same one to all {@link Reconcilers} of a database: then two reconcilers of one name on one table are refused whoever starts them, and a row can wait
 * for a row that another one's reconciler works on. What was stopped and {@linkplain Reconcilers#forget forgotten} is not held.
 */
public final class ReconcilerRegistry {
    private final Database database;

    /** By full name, those that stopped and were not forgotten included. Guarded by this. */
    private final Map<String, Started<?>> started = new HashMap<>();

    /** The full names of those that are being started or forgotten; no lock is held meanwhile. Guarded by this. */
    private final Set<String> busy = new HashSet<>();

    /** By full names; outlives the reconcilers. */
    private final Map<String, PausedKeys> paused = new ConcurrentHashMap<>();

    /** Outlives the reconcilers, so that the number of a list that somebody has read never comes to stand for another list. */
    private final LongSupplier heldPrunes;

    private final PruneHold pruneHold;

    /** Those that run, by the names of their tables. */
    private final Map<String, List<Peer>> peers = new ConcurrentHashMap<>();

    /** An empty one for that database, whose held prunes are numbered from 1. */
    public ReconcilerRegistry(Database database) {
        this(database, new AtomicLong()::incrementAndGet);
    }

    /**
     * An empty one for that database.
     *
     * @param heldPrunes numbers the held prunes of all its reconcilers: each number is another one than all before, those of earlier processes included if
     *     people may still have them before their eyes. Called between two turns of a reconciler, so it must return at once; from several threads.
     */
    public ReconcilerRegistry(Database database, LongSupplier heldPrunes) {
        this(database, heldPrunes, PruneHold.NONE);
    }

    /** The same, whose prunes are held as long as somebody knows of something that is desired and in no row. */
    public ReconcilerRegistry(Database database, LongSupplier heldPrunes, PruneHold pruneHold) {
        this.database = requireNonNull(database, "database");
        this.heldPrunes = requireNonNull(heldPrunes, "heldPrunes");
        this.pruneHold = requireNonNull(pruneHold, "pruneHold");
    }

    Database database() {
        return database;
    }

    /** Whether nothing runs, and nothing is kept of what did. */
    synchronized boolean isEmpty() {
        return started.isEmpty() && busy.isEmpty() && peers.isEmpty();
    }

    /** The keys on which the reconciler of that name starts nothing. */
    PausedKeys paused(String fullName) {
        return paused.computeIfAbsent(fullName, _ -> new PausedKeys());
    }

    /** Why prunes of that table that would remove something are to be held, beside what their guard says; null when they are not. */
    @Nullable
    String holdsPrunes(Table<?> table, ReadTxn txn) {
        return pruneHold.reason(table, txn);
    }

    /** The number of a prune that is held now. */
    long nextHeldPrune() {
        return heldPrunes.getAsLong();
    }

    /** The reconcilers that run on that table, as of now. */
    List<Peer> of(String table) {
        return peers.getOrDefault(table, List.of());
    }

    /**
     * What all running reconcilers of that table have to say about the row of that key, or about its undone delete, in that snapshot, wherever each keeps it. Its
     * generation is the highest of theirs; it is empty when the table has no such row and nobody an undone delete.
     */
    public StatusSet statuses(Table<?> table, ReadTxn txn, Key key) {
        Map<String, Status> statuses = new HashMap<>();
        long generation = 0;
        for (Peer peer : of(table.name())) {
            Status status = peer.status(txn, key);
            if (status != null) {
                statuses.put(peer.name(), status);
                generation = Math.max(generation, status.generation());
            }
        }
        return StatusSet.of(generation, statuses);
    }

    /**
     * Keeps the name for the caller, until {@link #started} or {@link #release}.
     *
     * @return the earlier reconciler of that name, which has stopped, or null
     * @param slot where its statuses are to be in the rows, or null
     * @throws IllegalStateException if one of that name runs, or has not ended its stop on that very table, or is being started or forgotten; or if another one uses
     *     the slot
     */
    synchronized @Nullable Started<?> claim(String fullName, Table<?> table, @Nullable StatusSlot<?> slot) {
        Started<?> earlier = started.get(fullName);
        if (busy.contains(fullName) || (earlier != null && !earlier.reconciler().isStopped())) {
            throw new IllegalStateException(
                    "reconciler " + fullName + " already runs; stop it first, or choose another name");
        }
        if (earlier != null && earlier.table().equals(table) && !earlier.isOver()) {
            throw new IllegalStateException("reconciler " + fullName
                    + " is stopping, and its operations may still run; wait for the end of its stop, or choose"
                    + " another name");
        }
        started.forEach((name, other) -> {
            if (!name.equals(fullName) && other.uses(slot, table)) {
                throw new IllegalStateException("reconciler " + fullName + ": " + slot + " is used by reconciler "
                        + name + "; stop that one first, or give each a status of its own");
            }
        });
        busy.add(fullName);
        return earlier;
    }

    /** It runs under the name that was claimed. */
    void started(Started<?> one) {
        Peer peer = one.peer();
        synchronized (this) {
            started.put(one.reconciler().fullName(), one);
            busy.remove(one.reconciler().fullName());
        }
        change(peer, true);
        var _ = one.stopping().stopped().whenComplete((_, _) -> change(peer, false));
    }

    /** Nothing was started under the name that was claimed, or nothing is left of what was there. */
    synchronized void release(String fullName) {
        busy.remove(fullName);
    }

    /** Forgets what was started earlier under the name that was claimed. */
    synchronized void remove(String fullName) {
        started.remove(fullName);
    }

    /**
     * Takes it out and gives it, with its name claimed until {@link #release}; null when it is not there, or another one of that name is.
     *
     * @throws IllegalStateException if it was not stopped
     */
    @Nullable
    Started<?> forget(RunningReconciler<?> reconciler) {
        Started<?> one;
        synchronized (this) {
            one = started.get(reconciler.fullName());
            if (one == null || !one.reconciler().equals(reconciler)) {
                return null;
            }
            if (!reconciler.isStopped()) {
                throw new IllegalStateException(reconciler + " runs; stop it before its statuses are removed");
            }
            started.remove(reconciler.fullName());
            busy.add(reconciler.fullName());
        }
        change(one.peer(), false);
        return one;
    }

    private void change(Peer peer, boolean comes) {
        peers.compute(peer.table(), (_, present) -> {
            List<Peer> changed = new ArrayList<>(present == null ? List.of() : present);
            changed.remove(peer);
            if (comes) {
                changed.add(peer);
            }
            return changed.isEmpty() ? null : List.copyOf(changed);
        });
        changed(peer.table());
    }

    /** The reconcilers of that table are others now, or keep their statuses in another place. */
    void changed(String table) {
        for (List<Peer> all : peers.values()) {
            all.forEach(one -> one.peersChanged(table));
        }
    }
}
