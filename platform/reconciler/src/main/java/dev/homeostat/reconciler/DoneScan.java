package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.api.reconcile.StatusKind;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.LongConsumer;

/**
 * Makes the {@link DoneOrder} of the rows as one snapshot shows them, those that have been done for longest first, on any one thread; and keeps what became
 * done, or is not done any more, in the meantime, which the owner of the event loop tells it.
 */
final class DoneScan<T> implements Runnable {
    private final Iterable<Row<T>> rows;
    private final Function<Row<T>, Status> status;
    private final DoneOrder order;
    private final Instant today;
    private final long now;

    /** What is newer than the snapshot, in its order; touched by the owner only. */
    private final List<Consumer<DoneOrder>> news = new ArrayList<>();

    /** The revision of the table in the snapshot. */
    private final long upTo;

    /** A row that was done at that time. */
    private record Done(Key key, Instant at) {}

    /**
     * @param upTo the revision of the table in the snapshot
     * @param newest positions go on from that one
     * @param today the wall clock's time
     * @param now the monotonic clock's
     */
    DoneScan(Iterable<Row<T>> rows, long upTo, Function<Row<T>, Status> status, long newest, Instant today, long now) {
        this.rows = rows;
        this.upTo = upTo;
        this.status = status;
        this.order = new DoneOrder(newest);
        this.today = today;
        this.now = now;
    }

    @Override
    public void run() {
        List<Done> done = new ArrayList<>();
        for (Row<T> row : rows) {
            Status known = status.apply(row);
            if (known.kind() == StatusKind.DONE) {
                done.add(new Done(row.key(), known.updatedAt()));
            }
        }
        done.sort(Comparator.comparing(Done::at));
        for (Done one : done) {
            Duration age = Duration.between(one.at(), today);
            order.done(one.key(), now - (age.isNegative() ? 0 : Nanos.of(age)));
        }
    }

    /** Meanwhile it was done. */
    void done(Key key, long sinceNanos) {
        news.add(result -> result.done(key, sinceNanos));
    }

    /** It is done, and may be known. */
    void seen(Row<T> row, long seenNanos) {
        if (row.revision() > upTo) { // else the snapshot has it
            Key key = row.key();
            news.add(result -> result.seen(key, seenNanos));
        }
    }

    void notDone(Key key) {
        news.add(result -> result.notDone(key));
    }

    /** Tells the position of what was done last up to now, when there is a result. */
    void newest(LongConsumer told) {
        news.add(result -> told.accept(result.newest()));
    }

    /** For the owner, when {@link #run} has ended. */
    DoneOrder result() {
        news.forEach(one -> one.accept(order));
        return order;
    }
}
