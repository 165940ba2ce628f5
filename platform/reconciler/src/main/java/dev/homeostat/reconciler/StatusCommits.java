package dev.homeostat.reconciler;

import dev.homeostat.api.db.TableRemovedException;
import dev.homeostat.api.reconcile.Options;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Says when statuses are committed.
 *
 * <p>At the latest {@link #LONGEST_UNWRITTEN} after the oldest result, so that an operation that takes long holds back nobody's status; at once when nothing
 * runs any more, or a round's worth has come together, or somebody waits for it. Whoever waits is told after the commit. What could not be written is kept,
 * and tried again a second later.
 *
 * <p>One commit is under way at a time, beside the loop; what comes in meanwhile is for the next one. So a key's results are written in their order. While a
 * commit only writes, no more than a round's worth may gather behind it, or operations that are faster than their statuses would make commits that keep the table
 * locked for long; once it has been under way for {@link #PATIENCE}, it most likely waits for a lock, and operations go on.
 *
 * <p>Touched by the owner of the event loop only, in the first half of a turn, under the loop's lock.
 */
final class StatusCommits<T> {
    private static final long LONGEST_UNWRITTEN = Duration.ofMillis(1).toNanos();
    private static final long LONGEST_COMMIT = Duration.ofSeconds(1).toNanos();
    private static final long AGAIN = Duration.ofSeconds(1).toNanos();
    private static final long PATIENCE = Duration.ofMillis(20).toNanos();

    /** So much may gather behind a commit at once, or a round's worth if that is more. */
    private static final int GATHERED_IN_PATIENCE = 1_000;

    /** More must not wait to be written, for the memory that it takes and the length of the next commit. */
    private static final int MOST_GATHERED = 100_000;

    private final Setup<T> setup;
    private final Records<T> records;
    private final RoundTrace trace;
    private final FailureLog<T> log;
    private final Refusals<T> refusals;
    private final Slots<T> slots;
    private final TurnTime time;
    private final Wakeup wakeup;
    private final Supplier<Options> options;
    private final Tellings tellings;
    private final Stopping stopping;
    private final Runnable allWritten;
    private final Consumer<TableRemovedException> tableRemoved;
    private @Nullable StatusCommit<T> underWay;

    /** Whether that has yet to be launched. */
    private boolean decided;

    private boolean atOnce;
    private long notBefore;
    private @Nullable String problem;

    /**
     * @param allWritten called whenever there is nothing to commit and no commit under way
     * @param tableRemoved called when nothing can be committed any more
     */
    StatusCommits(
            Setup<T> setup,
            Records<T> records,
            RoundTrace trace,
            FailureLog<T> log,
            Refusals<T> refusals,
            Slots<T> slots,
            TurnTime time,
            Wakeup wakeup,
            Supplier<Options> options,
            Tellings tellings,
            Stopping stopping,
            Runnable allWritten,
            Consumer<TableRemovedException> tableRemoved) {
        this.setup = setup;
        this.records = records;
        this.trace = trace;
        this.log = log;
        this.refusals = refusals;
        this.slots = slots;
        this.time = time;
        this.wakeup = wakeup;
        this.options = options;
        this.tellings = tellings;
        this.stopping = stopping;
        this.allWritten = allWritten;
        this.tableRemoved = tableRemoved;
        this.notBefore = time.nanos();
    }

    /** Why statuses are not written, or null. */
    @Nullable
    String problem() {
        StatusCommit<T> commit = underWay;
        long waited = commit == null ? 0 : setup.scheduler().nanoTime() - commit.begunNanos();
        return waited < LONGEST_COMMIT
                ? problem
                : "statuses wait for " + Span.text(Duration.ofNanos(waited)) + " to be written to table "
                        + setup.table().name()
                        + ": somebody keeps it locked, perhaps an operation; they are written once it is free";
    }

    /** The next decision is to commit whatever there is: somebody waits for it. */
    void atOnce() {
        atOnce = true;
    }

    /** Whether so much has gathered behind the commit that is under way that nothing new may start. */
    boolean holdsBack(long now) {
        if (underWay == null) {
            return false;
        }
        boolean patient = patienceEndsNanos() - now > 0;
        return records.size()
                >= (patient ? Math.max(GATHERED_IN_PATIENCE, options.get().roundSize()) : MOST_GATHERED);
    }

    /** When more may gather behind the commit that is under way. */
    long patienceEndsNanos() {
        return underWay == null ? Wakeup.NEVER : underWay.begunNanos() + PATIENCE;
    }

    /** Begins a commit if it is time for one. */
    void decide(long now) {
        if (records.size() == 0) {
            atOnce = false;
            tellings.joinCommit();
            if (slots.taken() == 0) {
                trace.cameToNothing();
            }
            if (underWay == null) {
                tellings.committed();
                allWritten.run();
            }
        } else if (underWay == null) {
            decideNext(now);
        }
    }

    private void decideNext(long now) {
        boolean together = slots.taken() == 0
                || tellings.wantCommit()
                || records.size() >= options.get().roundSize()
                || now - records.oldestNanos() >= LONGEST_UNWRITTEN;
        if (atOnce || (together && notBefore - now <= 0)) {
            atOnce = false;
            underWay = new StatusCommit<>(setup, records.take(), () -> !isOver(), now, trace.take());
            decided = true;
            tellings.joinCommit();
        } else {
            wakeup.at(Math.max(notBefore, records.oldestNanos() + LONGEST_UNWRITTEN));
        }
    }

    /** The commit that is to be launched now, or null. In the second half of a turn. */
    @Nullable
    Errand takeDecided() {
        if (!decided) {
            return null;
        }
        decided = false;
        return underWay;
    }

    void ended(StatusCommit<?> commit) {
        Throwable failure = commit.failure();
        if (failure != null && !(failure instanceof TableRemovedException)) {
            log.broke("statuses could not be written", failure, time.nanos());
        }
        StatusCommit<T> own = underWay;
        if (own == null || !commit.equals(own) || isOver()) {
            return; // whoever was started since under that name has the store now
        }
        underWay = null;
        switch (own.failure()) {
            case null -> written(own);
            case TableRemovedException removed -> tableRemoved.accept(removed);
            case Throwable thrown -> failed(thrown);
        }
    }

    /** It has stopped for that reason: a commit that still waits for a lock writes nothing, and comes to nothing. */
    void giveUp(String reason) {
        underWay = null;
        tellings.refuse(reason);
    }

    private void written(StatusCommit<T> commit) {
        setup.store().committed(commit.changes(), commit.refused());
        records.written();
        problem = null;
        tellings.committed();
        refusals.committed(commit.changes(), commit.refused(), time.nanos());
    }

    private void failed(Throwable failure) {
        records.giveBack();
        tellings.notCommitted();
        problem = "statuses cannot be written: " + Reason.of(failure);
        notBefore = time.nanos() + AGAIN;
    }

    private boolean isOver() {
        return stopping.stopped().isDone();
    }
}
