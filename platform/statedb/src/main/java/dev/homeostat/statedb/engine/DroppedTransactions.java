package dev.homeostat.statedb.engine;

import dev.homeostat.api.schedule.Scheduler;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Map;
import java.util.WeakHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds write transactions that were forgotten without commit or abort, and gives their locks back; tells of those that let others wait for long.
 *
 * <p>Whoever opens a transaction looks at the locks that it needs, and as long as some lock is held a check comes by every second. Nothing runs while nobody
 * writes. A forgotten transaction is found only after the garbage collector has seen it: a process that allocates nothing may wait long for that.
 */
final class DroppedTransactions {
    private static final Logger LOG = LoggerFactory.getLogger(DroppedTransactions.class);
    private static final Duration PERIOD = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(10);
    private static final long TOLD = Long.MIN_VALUE;

    private final MemoryDatabase database;
    private final Scheduler scheduler;
    private final AtomicBoolean expected = new AtomicBoolean();
    /** When a check first saw that transaction keep others waiting, or {@link #TOLD}. Used by the check alone. */
    private final Map<Hold, Long> seen = new WeakHashMap<>();

    DroppedTransactions(MemoryDatabase database, Scheduler scheduler) {
        this.database = database;
        this.scheduler = scheduler;
    }

    /** Makes sure that a check comes by. */
    void expectCheck() {
        if (!expected.get() && expected.compareAndSet(false, true)) {
            schedule();
        }
    }

    /** Gives that lock back if whoever had it was dropped. */
    void reclaim(TableLock lock) {
        Hold holder = lock.holder();
        if (holder != null && holder.isDropped() && holder.releaseAll() && holder.claimTelling()) {
            holder.abort();
            database.metrics().dropped(holder);
            Throwable opened = holder.opened();
            LOG.error(
                    "A {} was dropped without commit or abort. Its changes are gone, its locks are given back. Close"
                            + " every write transaction: try (WriteTxn txn = …) does{}",
                    holder,
                    opened == null ? "; a database built with debug(true) says where it was opened" : "",
                    opened);
        }
    }

    private void schedule() {
        try {
            scheduler.schedule(PERIOD, checkUnlessForgotten(new WeakReference<>(this)));
        } catch (RuntimeException | OutOfMemoryError e) { // the latter where there can be no more threads
            // Whoever opens a transaction must not hear of it; the next one asks again.
            expected.set(false);
            LOG.debug("the scheduler takes no task to look for dropped transactions", e);
        }
    }

    /** A database that nobody refers to must not wait for its timer to be garbage. */
    private static Runnable checkUnlessForgotten(WeakReference<DroppedTransactions> weakly) {
        return () -> {
            DroppedTransactions present = weakly.get();
            if (present != null) {
                present.check();
            }
        };
    }

    private synchronized void check() {
        expected.set(false); // before looking: who locks after the look asks for the next check
        boolean held = false;
        for (TableState<?> state : database.root().states()) {
            if (state != null) {
                TableLock lock = state.table().lock();
                reclaim(lock);
                held |= lock.holder() != null;
                tellIfLong(lock);
            }
        }
        if (held) {
            expectCheck();
        }
    }

    private void tellIfLong(TableLock lock) {
        Hold holder = lock.holder();
        if (holder == null || !lock.isWaitedFor()) {
            return;
        }
        long now = scheduler.nanoTime();
        @Nullable Long since = seen.putIfAbsent(holder, now);
        if (since != null && since != TOLD && now - since >= LONG.toNanos()) {
            seen.put(holder, TOLD);
            LOG.warn("A {} has kept others waiting for {} s or more", holder, LONG.toSeconds());
        }
    }
}
