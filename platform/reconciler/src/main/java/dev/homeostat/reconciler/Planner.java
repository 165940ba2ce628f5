package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Mode;
import dev.homeostat.api.reconcile.Observation;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.PlannedChange;
import dev.homeostat.api.reconcile.Status;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What becomes of work in mode PLAN: instead of an update it looks at the target, if the operations can, and puts down what it would do.
 *
 * <p>Nothing leaves the backlog by being planned. Work whose turn came is parked as planned and is ready again when the mode becomes APPLY; a retry stays in
 * its queue, with its time and its attempts, and has its entry beside. A refresh that finds its row as desired is the exception: it is over.
 */
final class Planner<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Records<T> records;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final Supplier<Options> options;
    private boolean cannotObserve;
    private boolean stopping;

    Planner(
            Setup<T> setup,
            Backlog<T> backlog,
            Records<T> records,
            Slots<T> slots,
            Journal<T> journal,
            Supplier<Options> options) {
        this.setup = setup;
        this.backlog = backlog;
        this.records = records;
        this.slots = slots;
        this.journal = journal;
        this.options = options;
    }

    void stopping() {
        stopping = true;
    }

    /** The mode became PLAN: retries are planned although their time has not come. */
    void begin() {
        List<Work<T>> waiting = new ArrayList<>();
        backlog.retries().forEach(waiting::add);
        waiting.forEach(this::failed);
    }

    /** The mode became APPLY: all that is planned is ready, in the order of the changes. */
    void end() {
        List<Work<T>> planned = new ArrayList<>();
        for (Work<T> work : backlog.all()) {
            if (work.state == Work.State.PLANNED) {
                planned.add(work);
            }
        }
        planned.sort(Comparator.comparingLong(work -> work.generation));
        planned.forEach(backlog::makeReady);
        setup.plan().clear();
    }

    /** Its turn has come, and it is not done but planned. */
    void plan(Work<T> work, RowOperations<T> rows, long wantedAt) {
        if (work.delete || cannotObserve) {
            list(work, null, null);
            backlog.planned(work);
        } else {
            Attempt<T> attempt = Attempt.toObserve(new Look(rows), work, work.row(), wantedAt);
            backlog.started(work, attempt);
            slots.start(attempt);
        }
    }

    /** An operation has failed, or a retry waits: in mode PLAN it is planned that it will be tried again. */
    void failed(Work<T> work) {
        if (options.get().mode() == Mode.PLAN
                && work.state == Work.State.WAITING
                && setup.plan().of(work.key) == null
                && !setup.paused().contains(work.key)) {
            list(work, null, null);
        }
    }

    /** There is nothing to be done about the key, as far as is known. */
    void drop(Key key) {
        setup.plan().remove(key);
    }

    /** The key is paused: what was planned about it is not any more. */
    void paused(Key key) {
        drop(key);
        Work<T> work = backlog.get(key);
        if (work != null && work.state == Work.State.PLANNED) {
            backlog.hold(work);
        }
    }

    private void list(Work<T> work, @Nullable String drift, @Nullable String error) {
        String operation = (work.delete ? OperationKind.DELETE : OperationKind.UPDATE).toString();
        PlannedChange earlier = setup.plan().of(work.key);
        boolean known = earlier != null && earlier.generation() == work.generation;
        Instant since =
                earlier != null && known ? earlier.since() : setup.scheduler().instant();
        setup.plan()
                .put(
                        work.key,
                        new PlannedChange(
                                operation,
                                setup.text(work.key),
                                work.cause,
                                work.generation,
                                since,
                                drift,
                                error,
                                null));
    }

    /** What follows from a look at the target: for a generation that is not the newest nothing, since the newer one is next. */
    private void observed(Attempt<T> attempt, Observing.Found found) {
        Work<T> work = attempt.work();
        if (attempt.generation() != work.generation) {
            return;
        }
        backlog.planned(work);
        if (stopping && attempt.isCancelledOrAbandoned()) {
            return;
        }
        switch (found.observation()) {
            case Observation.Unsupported _ -> {
                cannotObserve = true;
                list(work, null, null);
            }
            case Observation.InSync _ -> drop(work.key);
            case Observation.Drift drift -> list(work, drift.what(), null);
            case null -> list(work, null, found.error());
        }
        journal.observed(attempt, work.key, found);
        if (work.cause == Cause.REFRESH && found.observation() instanceof Observation.InSync) {
            checked(work);
        } else if (options.get().mode() == Mode.APPLY) {
            drop(work.key);
            backlog.makeReady(work);
        }
    }

    /** It was done before and is so still: there is nothing to be done about it, in whichever mode. */
    private void checked(Work<T> work) {
        Status done = Status.done(work.generation, setup.scheduler().instant());
        records.put(work, done, setup.scheduler().nanoTime());
        backlog.succeeded(work);
    }

    /** A look for the plan. */
    private final class Look extends Observing<T> {
        private final RowOperations<T> rows;

        Look(RowOperations<T> rows) {
            super(setup, backlog);
            this.rows = rows;
        }

        @Override
        void observed(Attempt<T> attempt, Found found) {
            Planner.this.observed(attempt, found);
        }

        /** The row has changed: there is nothing to plan about this generation. */
        @Override
        public void skipped(Attempt<T> attempt) {
            drop(attempt.key());
            rows.skipped(attempt);
        }

        @Override
        public void takenBack(Attempt<T> attempt) {
            rows.takenBack(attempt);
        }
    }
}
