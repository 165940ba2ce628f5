package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.BatchContext;
import dev.homeostat.api.reconcile.BatchEntry;
import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Outcome;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A step of a {@link Flight} in which all operations are one call. It runs on the flight's thread; the owner of the event loop sees it only through the
 * flight and the attempts.
 *
 * <h2>Halving</h2>
 *
 * A call that threw, whose operations say that halving makes sense, is made again for each half of the entries that have no result; and again for a half that
 * threw, when the other one did not. Each call has entries of its own: those of a call that threw take no result any more, so that one that comes from another
 * thread is refused and not lost. With one culprit among n that is at most twice the logarithm of n. When both halves threw and neither gave a single result, it
 * is the target that is down, and it ends there. It ends too when the rules change, as with a pause: no further call begins then. Each call has a deadline of its own; who passes it is given up with all entries that are open.
 */
final class Batch<T> implements BatchContext {
    private final Setup<T> setup;
    private final BatchOperations<T> operations;
    private final Flight<T> flight;
    private final boolean deletes;
    private volatile @Nullable ReadTxn txn;

    /** Entries without a result after a call that threw. */
    private record Open<T>(List<Attempt<T>> attempts, Throwable failure, boolean isAll) {}

    Batch(Setup<T> setup, BatchOperations<T> operations, Flight<T> flight, boolean deletes) {
        this.setup = setup;
        this.operations = operations;
        this.flight = flight;
        this.deletes = deletes;
    }

    /** Runs the attempts, all of one kind, on the calling thread, whatever they throw. */
    void run(List<Attempt<T>> attempts) {
        drive(call(attempts));
    }

    private void drive(@Nullable Open<T> first) {
        Open<T> open = first;
        while (open != null) {
            open = halve(open);
        }
    }

    /** Tries both halves; gives one that is still to be halved. */
    private @Nullable Open<T> halve(Open<T> open) {
        int size = open.attempts().size();
        if (size == 1 || !flight.mayHalve() || !isToBeHalved(open)) {
            fail(open);
            return null;
        }
        Open<T> left = callHalf(open, 0, size / 2);
        Open<T> right = callHalf(open, size / 2, size);
        if (left == null || right == null) {
            return left == null ? right : left;
        }
        if (left.isAll() && right.isAll()) {
            fail(left);
            fail(right);
            return null;
        }
        drive(left);
        return right;
    }

    /** The same when there may be no further call, but then they stay as the call before left them, and are not halved further. */
    private @Nullable Open<T> callHalf(Open<T> open, int from, int to) {
        Open<T> half = new Open<>(open.attempts().subList(from, to), open.failure(), false);
        if (flight.mayHalve()) {
            return call(half.attempts());
        }
        fail(half);
        return null;
    }

    private boolean isToBeHalved(Open<T> open) {
        try {
            return operations.bisect(open.failure());
        } catch (Throwable t) {
            open.failure().addSuppressed(t);
            return false;
        }
    }

    /** One call, for those that are still wanted; gives those that it left open by throwing, or null. */
    private @Nullable Open<T> call(List<Attempt<T>> attempts) {
        Thread.interrupted(); // what the call before did to its thread; who is cancelled is not ready any more
        ReadTxn newest = setup.database().readTxn();
        txn = newest;
        List<Attempt<T>> ready = new ArrayList<>(attempts.size());
        List<BatchEntry<T>> entries = new ArrayList<>(attempts.size());
        List<Entry<T>> places = new ArrayList<>(attempts.size());
        for (Attempt<T> attempt : attempts) {
            Entry<T> place =
                    attempt.enter(); // first: the owner that gives it up meanwhile finds the entry, or it is not ready
            if (attempt.isReady(newest)) {
                ready.add(attempt);
                entries.add(place);
                places.add(place);
            }
        }
        Throwable failure = entries.isEmpty()
                ? null
                : call(List.copyOf(entries), setup.scheduler().nanoTime());
        List<Attempt<T>> open = new ArrayList<>();
        for (int i = 0; i < ready.size(); i++) {
            if (failure != null && places.get(i).closeEmpty()) {
                open.add(ready.get(i));
            } else {
                ready.get(i).leave(Outcome.retry("the batch left it without a result"));
            }
        }
        return failure == null || open.isEmpty() ? null : new Open<>(open, failure, open.size() == ready.size());
    }

    private @Nullable Throwable call(List<BatchEntry<T>> entries, long now) {
        flight.callStarts(now);
        OperationEvent event = OperationEvent.begun();
        Throwable failure = null;
        try {
            if (deletes) {
                operations.deleteAll(this, entries);
            } else {
                operations.updateAll(this, entries);
            }
        } catch (Throwable t) {
            failure = t;
        }
        if (event != null) {
            event.batchEnded(flight.name(), deletes, entries.size(), failure);
        }
        return failure;
    }

    private void fail(Open<T> open) {
        Outcome outcome = Outcome.retry("the batch failed: " + Reason.of(open.failure()));
        open.attempts().forEach(attempt -> attempt.leave(outcome));
    }

    @Override
    public ReadTxn txn() {
        return requireNonNull(txn, "txn");
    }

    @Override
    public Instant deadline() {
        return Nanos.instant(flight.epochNanos(flight.callStartedNanos())).plusNanos(flight.allowedNanos());
    }

    @Override
    public boolean isCancelled() {
        return flight.isCancelled();
    }
}
