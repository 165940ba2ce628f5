package dev.homeostat.benchmarks;

import dev.homeostat.api.db.Query;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.db.Watch;
import dev.homeostat.api.db.WriteTxn;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A writer that commits as soon as a reader is parked on the watch of its row, over and over. */
final class ParkedReader {
    private static final long PATIENCE_SECONDS = 60;

    private final ThreadFactory threads;
    private final Filled filled = Filled.with(Item.BY_ID, Item.range(1000));
    private final Item item = Item.range(1)[0];
    private final Query<Item> query = Item.ID.query(item.id());
    private final Semaphore aboutToPark = new Semaphore(0);
    private final Semaphore seen = new Semaphore(0);
    private volatile @Nullable Thread reader;

    ParkedReader(ThreadFactory threads) {
        this.threads = threads;
    }

    /** The delay of each round in nanoseconds. */
    long[] rounds(int count) throws Exception {
        ExecutorService both = Executors.newThreadPerTaskExecutor(threads);
        try {
            Future<long[]> received = both.submit(() -> read(count));
            Future<long[]> sent = both.submit(() -> write(count));
            long[] delays = received.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            long[] begins = sent.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
            for (int i = 0; i < count; i++) {
                delays[i] -= begins[i];
            }
            return delays;
        } finally {
            both.shutdownNow();
        }
    }

    private long[] read(int count) throws InterruptedException {
        reader = Thread.currentThread();
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            Row<Item> old = row();
            Watch watch = filled.table().watch(filled.db().readTxn(), query);
            aboutToPark.release();
            watch.await();
            Row<Item> found = row();
            times[i] = System.nanoTime();
            if (found.revision() <= old.revision()) {
                throw new AssertionError("woken, but the row is still the one of revision " + old.revision());
            }
            seen.release();
        }
        return times;
    }

    @SuppressWarnings(
            "ThreadPriorityCheck") // nothing else tells that a thread is parked, and a busy wait alone would keep it
    // from parking
    private long[] write(int count) throws InterruptedException {
        long[] times = new long[count];
        for (int i = 0; i < count; i++) {
            aboutToPark.acquire();
            while (!isParked(reader)) {
                Thread.yield();
            }
            times[i] = System.nanoTime();
            try (WriteTxn txn = filled.db().writeTxn(filled.table())) {
                filled.table().insert(txn, item);
                txn.commit();
            }
            seen.acquire();
        }
        return times;
    }

    private Row<Item> row() {
        Row<Item> found = filled.table().get(filled.db().readTxn(), query);
        if (found == null) {
            throw new AssertionError("row " + item.id() + " is gone");
        }
        return found;
    }

    private static boolean isParked(@Nullable Thread thread) {
        return thread != null
                && (thread.getState() == Thread.State.WAITING || thread.getState() == Thread.State.TIMED_WAITING);
    }
}
