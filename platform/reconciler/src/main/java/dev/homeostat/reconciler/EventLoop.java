package dev.homeostat.reconciler;

import dev.homeostat.api.schedule.Scheduler;
import java.time.Duration;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The event loop of one reconciler: everything that happens to it comes in here, and whatever it decides goes out from here.
 *
 * <h2>One owner</h2>
 *
 * The state of a reconciler is one machine ({@link Machine}, in production {@link Core}) that one thread at a time works on. Changes of the table, timers,
 * ended operations and what people ask for are {@linkplain Event events}; whoever has one puts it into a queue. The one that finds the queue idle becomes,
 * or has made, the owner, and runs <em>turns</em> until the queue is empty; everyone else just leaves the event there. There is no thread of the
 * reconciler's own: a turn runs on a thread that the scheduler gave, either for the turn or for the operation that just ended.
 *
 * <h2>A turn</h2>
 *
 * <ol>
 *   <li>Under {@link #lock}: take in all events, then decide: which operations start, which statuses are written, when to look again. Nothing here blocks:
 *       no plugin code, no table lock, no log file.
 *   <li>Without the lock, but still as the only owner: start the operations and the commit of statuses, write logs, complete what others wait for.
 * </ol>
 *
 * The lock is there for those who only look ({@code health}, {@code explain}): they see the state between two turns, and wait at most for a decision, never
 * for an operation or a commit. Since no table lock is ever asked for under it, it can be taken by a thread that holds one.
 *
 * <h2>Errands</h2>
 *
 * What may take long is an {@linkplain Errand errand} and runs beside the loop, on a thread of the scheduler's: operations, and the {@linkplain StatusCommit
 * commit} of their statuses, since that may have to wait for a table that somebody keeps locked. When an errand ended, its thread brings the event, and if
 * nobody else owns the loop, runs the turn itself and takes the next errand with it: a chain of short operations stays on one thread, with no hand-over in
 * between.
 *
 * <p>Operations run in {@linkplain Flight flights}: one, a slice of several short ones, or a batch. A thread that comes back after its operation was abandoned is
 * no different from others. Its interrupt is cleared before it enters the loop, and none can reach it afterwards. Results lie in the flight until a turn
 * settles them: the one after its end, or one that comes by earlier.
 *
 * <h2>Faults</h2>
 *
 * What a turn throws is a bug, or the table is gone. Either is told to the machine ({@link Machine#broke}), and the loop goes on.
 */
final class EventLoop {
    private static final Logger LOG = LoggerFactory.getLogger(EventLoop.class);

    /** After that long a thread is asked for again. */
    private static final Duration AGAIN = Duration.ofMillis(100);

    /** For how many turns an errand waits for the thread that brings the events of others, before it gets one of its own. */
    private static final int MOST_TURNS_KEPT = 8;

    /** What the loop drives. All methods are called by the owner only; the first three under the lock. */
    interface Machine {
        void take(Event event);

        void decide();

        void broke(Throwable fault);

        /**
         * Does what was decided, without the lock.
         *
         * @param keepOne whether one of the errands that start can be left to the calling thread
         * @return the errand that was left, or null
         */
        @Nullable
        Errand act(boolean keepOne);
    }

    private final Scheduler scheduler;
    private final ReentrantLock lock = new ReentrantLock();
    private final Queue<Event> events = new ConcurrentLinkedQueue<>();

    /** The number of events that no turn has accounted for; who raises it from zero is the owner until it is zero again. */
    private final AtomicInteger pending = new AtomicInteger();

    /** Whether there are events and no owner, since there was no thread for one; who sets it back is, or looks for, the owner. */
    private final AtomicBoolean orphaned = new AtomicBoolean();

    private @Nullable Machine machine;

    EventLoop(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    /** Called once, before the first event. */
    void drive(Machine newMachine) {
        machine = newMachine;
    }

    /**
     * Leaves the event and returns at once; may be called from any thread, also while the lock is held.
     *
     * <p>When the scheduler gives no thread, one is asked for again {@link #AGAIN} later, and by whoever posts before: also those are served who left their
     * event to one that got no thread.
     *
     * @throws java.util.concurrent.RejectedExecutionException if it sets no timer for that either; the event is taken in with the next one that gets a thread
     */
    void post(Event event) {
        events.add(event);
        if (pending.getAndIncrement() == 0) {
            findOwner();
        } else if (adopts()) {
            findOwner();
        }
    }

    private void findOwner() {
        try {
            scheduler.execute(this::turnsAndWhatFollows);
        } catch (RuntimeException | Error e) {
            orphaned.set(true);
            findOwnerLater(e);
        }
    }

    private void findOwnerLater(Throwable refusal) {
        try {
            scheduler.schedule(AGAIN, () -> {
                if (adopts()) {
                    turnsAndWhatFollows();
                }
            });
        } catch (RuntimeException | Error e) {
            e.addSuppressed(refusal);
            throw e;
        }
    }

    /** Whether there was no owner, and the caller is it now. */
    private boolean adopts() {
        return orphaned.get() && orphaned.compareAndSet(true, false);
    }

    /** Runs the errand on a thread of the scheduler's; one for which there is none has failed, and ends as any other. */
    void launch(Errand errand) {
        try {
            scheduler.execute(() -> run(errand));
        } catch (RuntimeException | Error e) {
            errand.refuse("it got no thread: " + Reason.of(e));
            post(errand.ended());
        }
    }

    /** Looks at the machine's state between two turns. */
    <R extends @Nullable Object> R look(Supplier<R> view) {
        lock.lock();
        try {
            return view.get();
        } finally {
            lock.unlock();
        }
    }

    /** Runs the errand on the calling thread, then whatever can follow it there. */
    void run(Errand first) {
        Errand errand = first;
        while (errand != null) {
            errand.run();
            events.add(errand.ended());
            errand = pending.getAndIncrement() == 0 || adopts() ? turns() : null;
        }
    }

    private void turnsAndWhatFollows() {
        Errand errand = turns();
        if (errand != null) {
            run(errand);
        }
    }

    /** Runs turns until no event is left; gives an errand for the calling thread, or null. */
    private @Nullable Errand turns() {
        Errand kept = null;
        int turnsKept = 0;
        int seen;
        do {
            seen = pending.get();
            if (kept != null && ++turnsKept > MOST_TURNS_KEPT) {
                launch(kept);
                kept = null;
            }
            Errand left = turn(kept == null);
            if (left != null) {
                kept = left;
                turnsKept = 0;
            }
        } while (pending.addAndGet(-seen) != 0);
        return kept;
    }

    private @Nullable Errand turn(boolean keepOne) {
        Machine current = machine;
        if (current == null) {
            throw new IllegalStateException("drive(…) first");
        }
        look(() -> {
            for (Event event = events.poll(); event != null; event = events.poll()) {
                Event next = event;
                survive(current, () -> current.take(next));
            }
            survive(current, current::decide);
            return null;
        });
        try {
            return current.act(keepOne);
        } catch (Throwable t) {
            LOG.error("a turn of the reconciler's event loop failed", t);
            return null;
        }
    }

    /** What one event breaks harms none of the others, and no later turn. */
    private static void survive(Machine current, Runnable step) {
        try {
            step.run();
        } catch (Throwable t) {
            try {
                current.broke(t);
            } catch (Throwable again) {
                t.addSuppressed(again);
                LOG.error("a reconciler could not cope with a fault", t);
            }
        }
    }
}
