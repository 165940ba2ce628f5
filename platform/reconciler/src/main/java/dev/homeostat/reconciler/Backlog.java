package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Blocker;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Status;
import dev.homeostat.reconciler.Work.State;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * All works of a reconciler and the queues that they wait in. Every change of a work's state is here, so that a work is in at most one queue, at most once,
 * and whoever waits is told.
 */
final class Backlog<T> {
    private final Waits waits;
    private final Blockers<T> blockers;
    private final Map<Key, Work<T>> works = new HashMap<>();
    private final ReadyQueue<T> ready = new ReadyQueue<>();
    private final PutBack<T> changesPutBack = new PutBack<>();
    private final PutBack<T> refreshesPutBack = new PutBack<>();
    private final DueQueue<Work<T>> retries = new DueQueue<>();
    private final FailingWorks<T> failing;

    /** How many works wait for an operation and for no time. */
    private long awaitingTurn;

    private long undoneDeletes;

    /** @param text a key as a person reads it */
    Backlog(Waits waits, Blockers<T> blockers, Function<Key, String> text) {
        this.waits = waits;
        this.blockers = blockers;
        this.failing = new FailingWorks<>(text);
    }

    @Nullable
    Work<T> get(Key key) {
        return works.get(key);
    }

    Collection<Work<T>> all() {
        return works.values();
    }

    DueQueue<Work<T>> retries() {
        return retries;
    }

    /** Those whose last attempt failed. */
    FailingWorks<T> failing() {
        return failing;
    }

    Blockers<T> blockers() {
        return blockers;
    }

    long undoneDeletes() {
        return undoneDeletes;
    }

    /** The number of works that wait for an operation; kept with every change, so that who asks need not count. */
    long queued() {
        return retries.size() + awaitingTurn;
    }

    /** A work that does nothing yet, for that key, which has none. */
    Work<T> add(Key key) {
        Work<T> work = new Work<>(key);
        works.put(key, work);
        return work;
    }

    /** There is a newer generation: what was queued, counted and said of the older one is over. */
    void renew(Work<T> work, Row<T> row, boolean delete, long generation) {
        waits.before(work);
        unqueue(work);
        failing.remove(work);
        undoneDeletes += (delete ? 1 : 0) - (work.isUndoneDelete() ? 1 : 0);
        work.row = row;
        work.delete = delete;
        work.generation = generation;
        work.revision = delete ? generation : row.revision();
        work.cause = Cause.CHANGE;
        work.failures = 0;
        forgive(work);
        work.attempted = false;
        work.settled = false;
        work.unsettledSince = 0;
        become(work, work.running == null ? State.IDLE : State.CLOSED);
        work.putBack = null;
        waits.after(work);
    }

    /** This generation was done before: a refresh or a manual attempt, for which nobody waits. */
    void knownDone(Work<T> work, Cause cause) {
        waits.before(work);
        work.cause = cause;
        work.attempted = true;
        work.settled = true;
        waits.after(work);
    }

    /** Puts it into the queue for an operation, or leaves it where it is when its turn comes anyway. */
    void makeReady(Work<T> work) {
        unqueue(work);
        if (work.running != null) {
            become(work, State.CLOSED);
        } else if (work.state != State.READY) {
            become(work, State.READY);
            ready.add(work);
        }
    }

    /** The next in the queue for an operation, taken out; null when there is none. */
    @Nullable
    Work<T> pollReady() {
        Work<T> again = changesPutBack.poll();
        return taken(again == null ? ready.poll() : again);
    }

    /** The next refresh that was put back, taken out; null when there is none. */
    @Nullable
    Work<T> pollRefresh() {
        return taken(refreshesPutBack.poll());
    }

    private @Nullable Work<T> taken(@Nullable Work<T> next) {
        if (next != null) {
            become(next, State.IDLE);
        }
        return next;
    }

    /** The next whose time has come, taken out; one whose key is closed is left to the end of what runs there. */
    @Nullable
    Work<T> pollRetry(long now) {
        for (Work<T> work = retries.pollDue(now); work != null; work = retries.pollDue(now)) {
            if (work.running == null) {
                become(work, State.IDLE);
                return work;
            }
            become(work, State.CLOSED);
        }
        return null;
    }

    /** Its turn has come, but its key is paused. */
    void hold(Work<T> work) {
        become(work, State.HELD);
    }

    /** Its key is not paused any more. */
    void resumed(Work<T> work) {
        if (work.state == State.HELD) {
            makeReady(work);
        }
    }

    /** Its turn has come in mode PLAN. */
    void planned(Work<T> work) {
        become(work, State.PLANNED);
    }

    void started(Work<T> work, Attempt<T> attempt) {
        work.running = attempt;
        work.retryAsked = false;
        become(work, State.RUNNING);
    }

    /** Its operation was given a place and has not begun: it goes back to where it came from, before all others there. */
    void putBack(Work<T> work, long now) {
        work.running = null;
        if (work.state != State.RUNNING) {
            opened(work);
        } else if (work.cause == Cause.RETRY && work.error != null) {
            work.dueNanos = work.dueNanos == 0 || work.dueNanos - now > 0 ? now : work.dueNanos;
            become(work, State.WAITING);
            retries.add(work);
        } else {
            become(work, State.READY);
            (work.cause == Cause.REFRESH ? refreshesPutBack : changesPutBack).addFirst(work);
        }
    }

    /** What was to follow from its operation broke off: wherever that left the work, it is worked on again, at {@code dueNanos} if nothing else is said. */
    void restore(Work<T> work, boolean runs, long dueNanos) {
        if (!runs) {
            work.running = null;
        }
        switch (work.state) {
            case RUNNING -> again(work, dueNanos);
            case WAITING -> {
                if (!work.isQueued()) {
                    retries.add(work);
                }
            }
            case BLOCKED -> {
                if (work.blockedOn == null) {
                    again(work, dueNanos);
                }
            }
            case CLOSED, IDLE -> {
                if (!runs) {
                    opened(work);
                }
            }
            case READY, HELD, PLANNED, PARKED, GONE -> {}
        }
    }

    /** Its turn had come, but the start broke off: it comes again at that time. */
    void notStarted(Work<T> work, long dueNanos) {
        if (work.state == State.IDLE || work.state == State.RUNNING) {
            work.running = null;
            again(work, dueNanos);
        }
    }

    private void again(Work<T> work, long dueNanos) {
        unqueue(work);
        work.dueNanos = dueNanos;
        become(work, State.WAITING);
        retries.add(work);
    }

    /** Nothing runs on the key any more. */
    void opened(Work<T> work) {
        work.running = null;
        if (work.state == State.CLOSED) {
            makeReady(work);
        } else if (work.state == State.IDLE) {
            remove(work);
        }
    }

    void succeeded(Work<T> work) {
        waits.before(work);
        failing.remove(work);
        work.attempted = true;
        work.settled = true;
        waits.after(work);
        retire(work);
    }

    /** The last attempt failed; the next one is due at {@code dueNanos}. */
    void failed(Work<T> work, Status status, long dueNanos) {
        fail(work, status, false);
        work.dueNanos = dueNanos;
        become(work, State.WAITING);
        retries.add(work);
    }

    /**
     * The last attempt found that it must wait for another row, by that snapshot.
     *
     * @return false when something happened with that row since, and the next attempt is due now
     */
    boolean blocked(Work<T> work, Status status, Blocker on, ReadTxn snapshot, long now) {
        waits.before(work);
        boolean waitsForIt;
        try {
            noteFailure(work, status);
            forgive(work);
            waitsForIt = blockers.add(work, on, snapshot);
            become(work, State.BLOCKED);
        } finally {
            waits.after(work);
        }
        if (!waitsForIt) {
            wake(work, now);
        }
        return waitsForIt;
    }

    /** What it was blocked on has changed: the next attempt is due now. */
    void wake(Work<T> work, long now) {
        if (work.state != State.BLOCKED) {
            return;
        }
        waits.before(work);
        blockers.remove(work);
        work.dueNanos = now;
        become(work, State.WAITING);
        retries.add(work);
        waits.after(work);
    }

    /** The next attempt is at another time than was said. */
    void reschedule(Work<T> work, Status status, long dueNanos) {
        retries.remove(work);
        work.error = status;
        work.dueNanos = dueNanos;
        retries.add(work);
    }

    /** The last attempt failed, and there will be no other. */
    void failedForGood(Work<T> work, Status status) {
        fail(work, status, true);
        become(work, State.PARKED);
    }

    /** Somebody wants it attempted although its time has not come. */
    void revive(Work<T> work, Cause cause) {
        waits.before(work);
        unqueue(work);
        if (work.state == State.PARKED) {
            forgive(work);
        }
        work.settled = false; // it has failed: who waits already must not be told that it is done
        work.unsettledSince = 0;
        work.cause = cause;
        waits.after(work);
        makeReady(work);
    }

    /** Found failed at the start: due at once, its failures counted on. */
    void resume(Work<T> work, Status status) {
        work.failures = status.attempts();
        if (status.blockedOn() != null) {
            forgive(work);
        }
        work.cause = Cause.RETRY;
        failing.put(work, status);
    }

    /** Its operation was cancelled by the end of the reconciler, which is all that is left. */
    void cancelled(Work<T> work) {
        become(work, State.IDLE);
    }

    /** What it is about is over: the row changed again, and the change will come by itself. */
    void superseded(Work<T> work) {
        waits.before(work);
        unqueue(work);
        failing.remove(work);
        work.attempted = true;
        work.settled = true;
        waits.after(work);
        retire(work);
    }

    void clear() {
        works.values().forEach(work -> become(work, State.GONE)); // what hangs ends later, and finds it so
        works.clear();
        ready.clear();
        changesPutBack.clear();
        refreshesPutBack.clear();
        failing.clear();
        retries.clear();
        blockers.clear();
    }

    private void fail(Work<T> work, Status status, boolean forGood) {
        waits.before(work);
        noteFailure(work, status);
        work.settled |= forGood;
        waits.after(work);
    }

    private void noteFailure(Work<T> work, Status status) {
        unqueue(work);
        work.failures = status.attempts();
        work.attempted = true;
        if (work.settled && !status.isPermanent()) {
            work.settled = false;
            work.unsettledSince = waits.nextClock();
        }
        work.cause = Cause.RETRY;
        failing.put(work, status);
    }

    /** The failures so far are not counted for the backoff and the limits. */
    private static void forgive(Work<?> work) {
        work.forgiven = work.failures;
        work.failingSinceNanos = null;
    }

    private void become(Work<T> work, State state) {
        awaitingTurn += (state.awaitsTurn() ? 1 : 0) - (work.state.awaitsTurn() ? 1 : 0);
        work.state = state;
    }

    private void unqueue(Work<T> work) {
        retries.remove(work);
        blockers.remove(work);
    }

    /** Takes it out, or leaves an idle work there as long as something runs on its key. */
    private void retire(Work<T> work) {
        undoneDeletes -= work.isUndoneDelete() ? 1 : 0;
        if (work.running == null) {
            remove(work);
        } else {
            work.generation = Work.NO_GENERATION;
            work.revision = Work.NO_GENERATION;
            work.row = null;
            work.delete = false;
            become(work, State.IDLE);
        }
    }

    private void remove(Work<T> work) {
        become(work, State.GONE);
        works.remove(work.key);
    }
}
