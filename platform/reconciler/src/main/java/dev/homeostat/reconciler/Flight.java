package dev.homeostat.reconciler;

import dev.homeostat.api.reconcile.BatchOperations;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.schedule.Scheduler;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A run of operations that one thread works off, one after the other, each with its own start, deadline and outcome. It takes one slot.
 *
 * <h2>Who has what</h2>
 *
 * One word, {@link #state}, says how far it is: how many of its operations have ended, how many have been begun, and before which one it ends. The flight's
 * thread moves the first two, with one compare-and-set between two operations; the owner of the event loop may move the last one back to where the thread is,
 * and so take back what has not begun. What lies below {@code ended} is the owner's to settle, what lies between is the thread's, and what was taken back is
 * the owner's again: there is never a doubt whose an operation is, and neither waits for the other.
 *
 * <h2>Interrupts</h2>
 *
 * The owner first takes back what has not begun, so that nothing new begins, and then moves the word from {@code RUNS} to {@code INTERRUPTING} and on to
 * {@code INTERRUPTED}. The thread cannot leave an operation while the word says {@code INTERRUPTING}, and clears its interrupt before each move that it makes:
 * so an interrupt reaches the operation that it is meant for, or nothing. What an operation did to its own thread's interrupt ends with it too.
 *
 * <p>{@code dueNanos} is when the owner wants to look at it: soon, while something waits behind what runs; then at the deadline of what runs.
 */
final class Flight<T> extends Due implements Errand {
    /** The largest number of operations. */
    static final int MOST = (1 << 20) - 1;

    private static final long LONGEST_BEHIND_DELETES = Duration.ofSeconds(1).toNanos();
    private static final VarHandle STATE;
    private static final String MDC_NAME = "reconciler";
    private static final int BEGUN = 20;
    private static final int END = 40;
    private static final int PHASE = 60;
    private static final long RESTS = 0;
    private static final long RUNS = 1;
    private static final long INTERRUPTING = 2;
    private static final long INTERRUPTED = 3;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(Flight.class, "state", long.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Setup<T> setup;
    private final String name;

    /** Filled by the owner before the launch, and not changed after it. */
    private final List<Attempt<T>> attempts = new ArrayList<>();

    private boolean refreshes;
    private boolean alone;
    private final long allowedNanos;
    private final long launchedNanos;
    private final long launchedEpochNanos;

    /** The round in which its operations were counted. */
    final long round;

    private volatile long state;
    private volatile boolean cancelled;
    private volatile boolean halvingEnded;

    /** When the latest call of a batch began. */
    private volatile long callStartedNanos;

    private @Nullable Thread thread;

    /** How many operations the owner has settled; touched by the owner only. */
    private int settled;

    Flight(Setup<T> setup, TurnTime time, long allowedNanos, long round) {
        this.setup = setup;
        this.name = setup.fullName();
        this.allowedNanos = allowedNanos;
        this.launchedNanos = time.nanos();
        this.launchedEpochNanos = Nanos.sinceEpoch(time.instant());
        this.round = round;
    }

    void add(Attempt<T> attempt) {
        attempt.takePlace(this, attempts.size());
        attempts.add(attempt);
        refreshes |= attempt.cause() == Cause.REFRESH;
    }

    /** Whether there is a refresh among several operations. */
    boolean hasRefreshes() {
        return refreshes && attempts.size() > 1;
    }

    /** Of the reconciler. */
    String name() {
        return name;
    }

    /** It is none of the operations on rows, which fill slots together. */
    void setAlone() {
        alone = true;
    }

    boolean isAlone() {
        return alone;
    }

    int size() {
        return attempts.size();
    }

    /** Ready to be run: deletes before updates, where these are batches, and both before the rest. */
    void seal() {
        if (attempts.stream().anyMatch(Attempt::isBatched)) {
            attempts.sort(Comparator.comparingInt(attempt -> !attempt.isBatched() ? 2 : attempt.isDelete() ? 0 : 1));
            for (int i = 0; i < attempts.size(); i++) {
                attempts.get(i).takePlace(this, i);
            }
        }
        state = word(0, 0, attempts.size(), RESTS);
    }

    /** Runs its operations on the calling thread. */
    @Override
    public void run() {
        String before = MDC.get(MDC_NAME);
        thread = Thread.currentThread();
        Scheduler scheduler = setup.scheduler();
        long now = scheduler.nanoTime();
        for (int next = advance(now); next >= 0; next = advance(now)) {
            named();
            Attempt<T> attempt = attempts.get(next);
            if (attempt.isBatched() && setup.operations() instanceof BatchOperations<T> operations) {
                List<Attempt<T>> step = attempts.subList(next, begun(state));
                new Batch<>(setup, operations, this, attempt.isDelete()).run(step);
                now = scheduler.nanoTime();
                for (Attempt<T> one : step) {
                    one.ends(now);
                }
            } else {
                attempt.run(setup.database().readTxn());
                now = scheduler.nanoTime();
                attempt.ends(now);
            }
        }
        if (before == null) {
            MDC.remove(MDC_NAME);
        } else {
            MDC.put(MDC_NAME, before);
        }
    }

    /** Instead of {@link #run}: there is no thread for it. */
    @Override
    public void refuse(String reason) {
        long now = setup.scheduler().nanoTime();
        for (int next = advance(now); next >= 0; next = advance(now)) {
            attempts.subList(next, begun(state)).forEach(attempt -> attempt.refuse(reason, now));
        }
    }

    @Override
    public Event ended() {
        return new Event.Ended(this);
    }

    /** How many operations are left when only what runs stays, or what is about to. */
    int keepsCurrent() {
        int ended = ended(state);
        return ended < attempts.size() ? stepEnd(ended, attempts.size()) : ended;
    }

    /** How many operations are left when the updates of a batch stay behind its deletes too, and nothing else. */
    int keepsBatches() {
        int keep = keepsCurrent();
        while (keep < attempts.size() && attempts.get(keep).isBatched()) {
            keep++;
        }
        return keep;
    }

    /**
     * How many operations are left for a slot that is free: half of those that wait behind what runs stay too; those of a batch stay until it is {@linkplain
     * #isSlow slow}.
     */
    int keepsForFreeSlot(long now) {
        if (hasBatches()) {
            return isSlow(now) ? keepsCurrent() : attempts.size();
        }
        return keepsCurrent() + waiting() / 2;
    }

    /** Whether the step that runs has taken longer than what is behind it is to wait while a slot is free. */
    boolean isSlow(long now) {
        Attempt<T> current = current();
        return current != null && current.hasBegun() && now - current.startedNanos() >= patienceNanos();
    }

    /** How long the updates of a batch wait for its deletes while a slot is free. */
    long patienceNanos() {
        return Math.min(LONGEST_BEHIND_DELETES, allowedNanos / 10);
    }

    private boolean hasBatches() {
        return attempts.getFirst().isBatched();
    }

    /** Takes back what has not begun, the last first, down to so many operations; says how much it was. What was taken back goes to {@code to}. */
    int takeBack(int least, Consumer<Attempt<T>> to) {
        while (true) {
            long seen = state;
            int keep = Math.max(least, begun(seen));
            int end = end(seen);
            if (keep >= end) {
                return 0;
            }
            if (STATE.compareAndSet(this, seen, word(ended(seen), begun(seen), keep, phase(seen)))) {
                for (int i = end - 1; i >= keep; i--) {
                    to.accept(attempts.get(i));
                }
                return end - keep;
            }
        }
    }

    /** What ended and was not given before; for the owner. Empty when there is none. */
    List<Attempt<T>> takeEnded() {
        int from = settled;
        settled = ended(state);
        return attempts.subList(from, settled);
    }

    /** What runs, or is about to; null when nothing is. */
    @Nullable
    Attempt<T> current() {
        long seen = state;
        return ended(seen) < end(seen) ? attempts.get(ended(seen)) : null;
    }

    /** What runs: one operation, or the batch. */
    List<Attempt<T>> running() {
        long seen = state;
        return attempts.subList(ended(seen), begun(seen));
    }

    /** When that began, which is {@link #current}. */
    long startedNanos(Attempt<T> current) {
        return current.isBatched() ? callStartedNanos : current.startedNanos();
    }

    /** A call of a batch begins, with a deadline of its own. */
    void callStarts(long now) {
        callStartedNanos = now;
    }

    long callStartedNanos() {
        return callStartedNanos;
    }

    /** Tells the operation that runs to give up, and with {@code interrupt} its thread too. To be called when nothing waits behind it. */
    void cancel(boolean interrupt) {
        cancelled = true;
        long seen = state;
        while (interrupt && phase(seen) == RUNS) {
            if (STATE.compareAndSet(this, seen, phased(seen, INTERRUPTING))) {
                Thread runs = thread;
                if (runs != null) {
                    runs.interrupt();
                }
                state = phased(seen, INTERRUPTED);
                return;
            }
            seen = state;
        }
    }

    boolean isCancelled() {
        return cancelled;
    }

    /** What a call of a batch leaves open, no further call tries: it goes the way of a failed attempt. */
    void endHalving() {
        halvingEnded = true;
    }

    boolean mayHalve() {
        return !cancelled && !halvingEnded;
    }

    boolean hasEnded(int place) {
        return place < ended(state);
    }

    boolean hasBegun(int place) {
        return place < begun(state);
    }

    /** How many operations wait behind the one that runs. */
    int waiting() {
        long seen = state;
        return Math.max(0, end(seen) - Math.max(begun(seen), ended(seen) + 1));
    }

    /** How many operations were begun. */
    int begun() {
        return begun(state);
    }

    long allowedNanos() {
        return allowedNanos;
    }

    long launchedNanos() {
        return launchedNanos;
    }

    /** A time of the monotonic clock on the wall clock, in nanoseconds since 1970. */
    long epochNanos(long nanos) {
        return launchedEpochNanos + (nanos - launchedNanos);
    }

    long nanoTime() {
        return setup.scheduler().nanoTime();
    }

    /** Ends what runs and begins what is next, at once; gives its place, or -1 when nothing is left. */
    @SuppressWarnings("ThreadPriorityCheck") // what is waited for is a few instructions of a thread that runs
    private int advance(long now) {
        while (true) {
            long seen = state;
            if (phase(seen) == INTERRUPTING) {
                Thread.yield(); // the owner is at it
                continue;
            }
            if (phase(seen) != RESTS) {
                Thread.interrupted(); // was meant for what ended, or is its doing
            }
            int next = begun(seen);
            boolean more = next < end(seen);
            int begun = more ? stepEnd(next, end(seen)) : next;
            for (int i = next; i < begun; i++) {
                attempts.get(i).starts(now);
            }
            if (more && attempts.get(next).isBatched()) {
                callStartedNanos = now;
            }
            if (STATE.compareAndSet(this, seen, word(next, begun, end(seen), more ? RUNS : RESTS))) {
                return more ? next : -1;
            }
        }
    }

    /** Where the step ends that begins there: a step is one operation, or all deletes or updates of a batch. */
    private int stepEnd(int from, int end) {
        int to = from + 1;
        if (attempts.get(from).isBatched()) {
            boolean delete = attempts.get(from).isDelete();
            while (to < end && attempts.get(to).isBatched() && attempts.get(to).isDelete() == delete) {
                to++;
            }
        }
        return to;
    }

    /** The operation before may have taken the name away. */
    private void named() {
        if (!name.equals(MDC.get(MDC_NAME))) {
            MDC.put(MDC_NAME, name);
        }
    }

    private static long word(long ended, long begun, long end, long phase) {
        return (phase << PHASE) | (end << END) | (begun << BEGUN) | ended;
    }

    private static long phased(long word, long phase) {
        return word(ended(word), begun(word), end(word), phase);
    }

    private static int ended(long word) {
        return (int) (word & MOST);
    }

    private static int begun(long word) {
        return (int) ((word >>> BEGUN) & MOST);
    }

    private static int end(long word) {
        return (int) ((word >>> END) & MOST);
    }

    private static long phase(long word) {
        return word >>> PHASE;
    }

    @Override
    public String toString() {
        long seen = state;
        return "flight of " + attempts.size() + ": " + ended(seen) + " ended, " + begun(seen) + " begun, ends before "
                + end(seen);
    }
}
