package dev.homeostat.reconciler;

import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.db.Row;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import dev.homeostat.api.reconcile.Status;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Updates and deletes of rows: whether there still is something to do when their turn comes, and what follows from their results. What is to be done at all
 * is said by {@link NewWorks}.
 *
 * <p>A result counts for the generation that it was made for and for no other. If a newer one has been taken in meanwhile, the result is superseded and the
 * newer one is next; if a newer one is in the table and has not been taken in, a failure is dropped, since the change will come, and a success is written
 * with the old generation, under which the row still reads as pending.
 */
final class RowOperations<T> implements Task<T> {
    /** For {@link #start}: nobody has looked whether the table still says so. */
    static final long NOT_LOOKED = -1;

    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final FailureLog<T> log;
    private final Failures<T> failures;
    private final Facts<T> facts;
    private final Supplier<Options> options;
    private final Planner<T> planner;
    private final Learning<T> learning;

    private final TurnTime time;
    private final TurnSnapshot snapshot;
    private final Stopping stopping;

    RowOperations(
            Setup<T> setup,
            Backlog<T> backlog,
            Records<T> records,
            Slots<T> slots,
            Journal<T> journal,
            FailureLog<T> log,
            Failures<T> failures,
            Facts<T> facts,
            Supplier<Options> options,
            Planner<T> planner,
            TurnTime time,
            TurnSnapshot snapshot,
            Stopping stopping) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.slots = slots;
        this.journal = journal;
        this.log = log;
        this.failures = failures;
        this.facts = facts;
        this.options = options;
        this.learning = new Learning<>(setup);
        this.planner = planner;
        this.time = time;
        this.snapshot = snapshot;
        this.stopping = stopping;
    }

    /**
     * Starts the operation, unless its key is paused or the table says something else by now; plans it, where the mode is not APPLY.
     *
     * @param wantedAt the revision of the table up to which the work is known to be about what the table says, or {@link #NOT_LOOKED}
     * @return false when the next work can be looked at
     */
    boolean start(Work<T> work, long wantedAt) {
        try {
            return startNow(work, wantedAt);
        } catch (Throwable fault) {
            backlog.notStarted(work, time.nanos() + Failures.AFTER_A_FAULT);
            throw fault;
        }
    }

    private boolean startNow(Work<T> work, long wantedAt) {
        if (setup.paused().contains(work.key)) {
            backlog.hold(work);
            return false;
        }
        ReadTxn txn = snapshot.txn();
        long revision = setup.table().revision(txn);
        if (revision != wantedAt) {
            Row<T> present = setup.row(txn, work.key);
            if (!isNewest(work, present)) {
                planner.drop(work.key);
                backlog.superseded(work);
                return false;
            }
            if (present != null) {
                work.row = present; // with the statuses that others wrote meanwhile
            }
        }
        if (options.get().mode() != Mode.APPLY) {
            planner.plan(work, this, revision);
            return true;
        }
        Attempt<T> attempt = Attempt.onRow(this, work, revision);
        if (setup.isBatched()) {
            attempt.batched();
        }
        backlog.started(work, attempt);
        slots.start(attempt);
        return true;
    }

    /** Whether the table still says what the work is about. Looks at the attempt only, since the work may change meanwhile. */
    @Override
    public boolean isWanted(Attempt<T> attempt, ReadTxn newest) {
        if (setup.table().revision(newest) == attempt.wantedAt()) {
            return true;
        }
        Row<T> row = setup.row(newest, attempt.key());
        if (row != null && !attempt.isDelete()) {
            attempt.isAbout(row); // with the statuses that others wrote meanwhile
        }
        return isNewest(attempt.isDelete(), attempt.generation(), row);
    }

    @Override
    public Outcome run(Attempt<T> attempt) throws Exception {
        T value = attempt.row().value();
        return attempt.isDelete()
                ? setup.operations().delete(attempt, value)
                : learning.checked(
                        attempt.key(), attempt.generation(), setup.operations().update(attempt, value));
    }

    @Override
    public Outcome checked(Attempt<T> attempt, Outcome outcome) {
        return attempt.isDelete() ? outcome : learning.checked(attempt.key(), attempt.generation(), outcome);
    }

    @Override
    public String text(Attempt<T> attempt) {
        return setup.text(attempt.key());
    }

    /** The table said something else when its turn came. */
    @Override
    public void skipped(Attempt<T> attempt) {
        Work<T> work = work(attempt);
        work.running = null;
        if (attempt.generation() == work.generation) {
            backlog.superseded(work);
        } else {
            backlog.opened(work);
        }
    }

    @Override
    public void takenBack(Attempt<T> attempt) {
        backlog.putBack(work(attempt), time.nanos());
    }

    @Override
    public void ended(Attempt<T> attempt, Outcome outcome) {
        Work<T> work = work(attempt);
        long now = time.nanos();
        boolean newest = attempt.generation() == work.generation;
        boolean learned = facts.learn(work, attempt, outcome);
        if (!attempt.isAbandoned()) {
            work.running = null;
        }
        if (!newest) {
            superseded(work, attempt, outcome, learned, now);
        } else if (outcome instanceof Outcome.Done done) {
            done(work, attempt, done.learned(), now);
        } else if (stopping.hasBegun() && attempt.isCancelledOrAbandoned()) {
            journal.ended(attempt, work.key, kind(work), "cancelled", null);
            facts.keep(work, learned, now);
            backlog.cancelled(work);
        } else if (!isNewest(work, setup.row(snapshot.txn(), work.key))) {
            journal.ended(attempt, work.key, kind(work), "superseded", Failures.errorOf(outcome));
            facts.keep(work, learned, now);
            backlog.superseded(work);
        } else {
            failures.failed(work, attempt, outcome, now);
            if (work.retryAsked) {
                backlog.revive(work, Cause.MANUAL);
            }
            planner.failed(work);
        }
    }

    @Override
    public void endedLate(Attempt<T> attempt) {
        Work<T> work = work(attempt);
        facts.keep(work, facts.learn(work, attempt, attempt.outcome()), time.nanos());
        if (work.running == attempt) {
            backlog.opened(work);
        }
    }

    @Override
    public void brokeOff(Attempt<T> attempt, Throwable fault) {
        failures.brokeOff(work(attempt), attempt, fault, time.nanos());
    }

    /** Whether the table still says what the work is about. */
    private boolean isNewest(Work<T> work, @Nullable Row<T> row) {
        return isNewest(work.delete, work.generation, row);
    }

    private boolean isNewest(boolean delete, long generation, @Nullable Row<T> row) {
        return delete ? row == null : row != null && setup.store().generation(row) == generation;
    }

    private void superseded(Work<T> work, Attempt<T> attempt, Outcome outcome, boolean learned, long now) {
        journal.ended(attempt, work.key, operation(attempt), "superseded", Failures.errorOf(outcome));
        facts.keep(work, learned, now);
        if (work.running == null) {
            backlog.opened(work);
        }
    }

    private void done(Work<T> work, Attempt<T> attempt, Outcome.@Nullable Learned<?> learned, long now) {
        journal.ended(attempt, work.key, kind(work), "done", null);
        if (work.error != null) {
            log.recovered(work, now);
        }
        Status done = Status.done(work.generation, time.instant());
        if (work.delete) {
            records.forget(work.key, now);
        } else if (learned == null) {
            records.put(work, done, now);
        } else {
            records.putLearned(work, done, learning.change(learned), now);
        }
        backlog.succeeded(work);
    }

    private static OperationKind kind(Work<?> work) {
        return work.delete ? OperationKind.DELETE : OperationKind.UPDATE;
    }

    private static OperationKind operation(Attempt<?> attempt) {
        return attempt.isDelete() ? OperationKind.DELETE : OperationKind.UPDATE;
    }

    private Work<T> work(Attempt<T> attempt) {
        Work<T> work = attempt.work();
        if (work == null) {
            throw new IllegalStateException("not an operation on a row: " + attempt);
        }
        return work;
    }
}
