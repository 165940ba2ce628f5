package dev.homeostat.reconciler;

import static java.util.Objects.requireNonNull;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.OperationContext;
import dev.homeostat.api.reconcile.Outcome;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One operation, from its place in a {@link Flight} to its end. It is also what the operation sees of it.
 *
 * <p>Three threads touch it: the owner of the event loop makes it and reads its result once the flight says that it ended; the flight's thread runs it; and
 * the operation may hand the context to threads of its own.
 *
 * @param <T> the type of the rows
 */
final class Attempt<T> extends Claim implements OperationContext {
    private final Task<T> task;
    private final String operation;
    private final @Nullable Work<T> work;
    private @Nullable Row<T> row;
    private final long generation;
    private final int number;
    private final Cause cause;
    private final Map<String, String> given;

    /** The revision of the table up to which it is known to be wanted; below 0 when nobody looked. */
    private final long wantedAt;

    private @Nullable Flight<T> flight;
    private int place;
    private @Nullable ReadTxn txn;
    private long startedNanos;
    private long endedNanos;
    private @Nullable Outcome outcome;
    private volatile @Nullable Map<String, String> learned;

    /** Its entry in a batch. */
    private volatile @Nullable Entry<T> entry;

    private boolean batched;

    /** Whether the operations have seen it: it may be shown again, in a half of its batch. */
    private boolean shown;

    /** Whether the owner of the event loop gave it up; touched by the owner only. */
    private boolean abandoned;

    private Attempt(
            Task<T> task,
            String operation,
            @Nullable Work<T> work,
            @Nullable Row<T> row,
            long generation,
            int number,
            Cause cause,
            Map<String, String> given,
            long wantedAt) {
        this.task = task;
        this.operation = operation;
        this.work = work;
        this.row = row;
        this.generation = generation;
        this.number = number;
        this.cause = cause;
        this.given = given;
        this.wantedAt = wantedAt;
    }

    /** An update or a delete, as the work says now. */
    static <T> Attempt<T> onRow(Task<T> task, Work<T> work, long wantedAt) {
        OperationKind kind = work.delete ? OperationKind.DELETE : OperationKind.UPDATE;
        return new Attempt<>(
                task,
                kind.toString(),
                work,
                work.row(),
                work.generation,
                work.failures + 1,
                work.cause,
                work.facts,
                wantedAt);
    }

    /** A look at the target for a row whose work has come to its turn. */
    static <T> Attempt<T> toObserve(Task<T> task, Work<T> work, Row<T> row, long wantedAt) {
        return new Attempt<>(
                task,
                OperationKind.OBSERVE.toString(),
                work,
                row,
                work.generation,
                work.failures + 1,
                work.cause,
                work.facts,
                wantedAt);
    }

    /** A look at the target for a row about which there is nothing to do. */
    static <T> Attempt<T> toSurvey(Task<T> task, Work<T> work, Row<T> row, long generation, long wantedAt) {
        return new Attempt<>(
                task, OperationKind.OBSERVE.toString(), work, row, generation, 1, Cause.MANUAL, work.facts, wantedAt);
    }

    /** A part of a prune; with a work if it takes a key. */
    static <T> Attempt<T> ofPrune(
            Task<T> task, @Nullable Work<T> work, @Nullable ReadTxn txn, long generation, int number, Cause cause) {
        Attempt<T> attempt = new Attempt<>(task, "prune", work, null, generation, number, cause, Map.of(), -1);
        attempt.txn = txn;
        return attempt;
    }

    /** Takes its place in a flight. */
    void takePlace(Flight<T> in, int at) {
        flight = in;
        place = at;
    }

    /** It is next: says when, before the flight says that it runs. */
    void starts(long now) {
        startedNanos = now;
    }

    /** It is to be run with others, as a batch. */
    Attempt<T> batched() {
        batched = true;
        return this;
    }

    boolean isBatched() {
        return batched;
    }

    /** Runs the operation on the calling thread, whatever it throws. */
    void run(ReadTxn newest) {
        if (!isReady(newest)) {
            return;
        }
        OperationEvent event = OperationEvent.begun();
        try {
            outcome = task.run(this);
            if (outcome == null) {
                outcome = Outcome.retry("the operation returned null; it must return an Outcome");
            }
        } catch (Throwable t) {
            outcome = Outcome.retry(Reason.of(t));
        }
        if (event != null) {
            event.ended(flight().name(), this, outcome());
        }
    }

    /** Whether it can run, on the calling thread and right now; when not, it has ended. */
    boolean isReady(ReadTxn newest) {
        if (!take()) {
            return false;
        }
        try {
            if (flight().isCancelled()) {
                outcome = Outcome.retry(shown ? "cancelled while its batch was halved" : "cancelled before it began");
            } else if (task.isWanted(this, newest)) {
                txn = txn == null || batched ? newest : txn;
                shown = true;
                return true;
            } else if (shown) {
                outcome = Outcome.retry("its row changed while its batch was halved");
            } else {
                leaveOut();
            }
        } catch (Throwable t) {
            outcome = Outcome.retry(Reason.of(t));
        }
        return false;
    }

    /** Gives it an entry in a batch. */
    Entry<T> enter() {
        Entry<T> made = new Entry<>(this, task);
        entry = made;
        return made;
    }

    /** Its batch is over: it has the result that it was given, or else this one. */
    void leave(Outcome otherwise) {
        Entry<T> place = entry;
        if (isTaken() && outcome == null && place != null) {
            outcome = place.close(otherwise);
        }
    }

    void ends(long now) {
        endedNanos = now;
    }

    /** Instead of {@link #run}: there is no thread for it. */
    void refuse(String reason, long now) {
        startedNanos = now;
        endedNanos = now;
        outcome = Outcome.retry(reason);
    }

    /** Called by the owner, once, when the flight says that it ended. Gives what broke, or null. */
    @Nullable
    Throwable settle() {
        try {
            if (isWithdrawn()) {
                return null;
            }
            if (abandoned) {
                task.endedLate(this);
            } else if (isLeftOut()) {
                task.skipped(this);
            } else {
                task.ended(this, outcome());
            }
            return null;
        } catch (Throwable fault) {
            return brokeOff(fault);
        }
    }

    /** Called by the owner, once, while it runs: it counts as ended with that. Gives what broke, or null. */
    @Nullable
    Throwable abandon(Outcome instead) {
        abandoned = true;
        try {
            Entry<T> place = entry;
            task.ended(this, place == null ? instead : place.close(instead));
            return null;
        } catch (Throwable fault) {
            return brokeOff(fault);
        }
    }

    /** Called by the owner, once, when it was withdrawn. Gives what broke, or null. */
    @Nullable
    Throwable skip() {
        try {
            task.skipped(this);
            return null;
        } catch (Throwable fault) {
            return brokeOff(fault);
        }
    }

    /** Called by the owner: it will not run. Gives what broke, or null. */
    @Nullable
    Throwable takeBack() {
        try {
            if (!isWithdrawn()) {
                task.takenBack(this);
            }
            return null;
        } catch (Throwable fault) {
            return brokeOff(fault);
        }
    }

    private Throwable brokeOff(Throwable fault) {
        try {
            task.brokeOff(this, fault);
        } catch (Throwable again) {
            if (!again.equals(fault)) {
                fault.addSuppressed(again);
            }
        }
        return fault;
    }

    boolean isCancelledOrAbandoned() {
        return abandoned || flight().isCancelled();
    }

    boolean isAbandoned() {
        return abandoned;
    }

    /** Whether it has been started, and not only given a place. */
    boolean hasBegun() {
        return flight().hasBegun(place);
    }

    /** Whether it has been started, and was not left out. */
    boolean isUnderWay() {
        return hasBegun() && !isLeftOut() && !isWithdrawn();
    }

    /** Whether it is under way and has not ended, perhaps abandoned. */
    boolean isRunning() {
        return isUnderWay() && !flight().hasEnded(place);
    }

    /** What it came to, also when it was abandoned before. */
    Outcome outcome() {
        return outcome == null ? Outcome.retry("it was skipped") : outcome;
    }

    /** In the words of {@code Explanation.Attempt}. */
    String operation() {
        return operation;
    }

    /** What it works on; null for a part of a prune that takes no key. */
    @Nullable
    Work<T> workOrNull() {
        return work;
    }

    /** Its key as people read it, or what else it is about. */
    String text() {
        return task.text(this);
    }

    /** The row that it updates or deletes. */
    Row<T> row() {
        return requireNonNull(row, "row");
    }

    /** Called by the task when it looks at the newest snapshot: it is about that version of the row. */
    void isAbout(Row<T> newest) {
        row = newest;
    }

    boolean isDelete() {
        return operation.equals("delete");
    }

    Key key() {
        return work().key;
    }

    /** What was known when it was made. */
    Map<String, String> given() {
        return given;
    }

    long wantedAt() {
        return wantedAt;
    }

    /** What it works on, if it is about a row. */
    Work<T> work() {
        Work<T> present = work;
        if (present == null) {
            throw new IllegalStateException("not an operation on a row: " + this);
        }
        return present;
    }

    Instant startedAt() {
        return Nanos.instant(startedEpochNanos());
    }

    /** When it started, on the wall clock, in nanoseconds since 1970. */
    long startedEpochNanos() {
        return flight().epochNanos(startedNanos);
    }

    long endedNanos() {
        return endedNanos;
    }

    long startedNanos() {
        return startedNanos;
    }

    long allowedNanos() {
        return flight().allowedNanos();
    }

    /** How long it took, or takes so far. */
    long tookNanos() {
        return (abandoned || !flight().hasEnded(place) ? flight().nanoTime() : endedNanos) - startedNanos;
    }

    @Override
    public ReadTxn txn() {
        return requireNonNull(txn, "txn");
    }

    @Override
    public long generation() {
        return generation;
    }

    @Override
    public int attempt() {
        return number;
    }

    @Override
    public Cause cause() {
        return cause;
    }

    @Override
    public Instant deadline() {
        return Nanos.instant(flight().epochNanos(flight().startedNanos(this))).plusNanos(flight().allowedNanos());
    }

    @Override
    public boolean isCancelled() {
        return flight().isCancelled();
    }

    @Override
    public Map<String, String> facts() {
        Map<String, String> more = learned;
        return more == null ? given : more;
    }

    @Override
    public synchronized void learn(String name, String fact) {
        requireNonNull(name, "name");
        requireNonNull(fact, "fact");
        if (work == null) {
            throw new IllegalStateException("a prune has no key to remember \"" + name + "\" for");
        }
        Map<String, String> more = new HashMap<>(facts());
        more.put(name, fact);
        learned = Map.copyOf(more);
    }

    private Flight<T> flight() {
        return requireNonNull(flight, "flight");
    }

    @Override
    public String toString() {
        return operation + " " + work;
    }
}
