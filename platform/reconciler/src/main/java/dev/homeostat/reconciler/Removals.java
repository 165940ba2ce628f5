package dev.homeostat.reconciler;

import dev.homeostat.api.db.Key;
import dev.homeostat.api.db.ReadTxn;
import dev.homeostat.api.reconcile.Cause;
import dev.homeostat.api.reconcile.Options;
import dev.homeostat.api.reconcile.Outcome;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Runs what a prune found, one removal after the other, each rechecked against the newest snapshot.
 *
 * <p>A removal of a row key takes that key while it runs, as an operation does, so that a row that appears meanwhile is updated after it and never undone
 * by it. A removal without a key runs while no other operation does; between two of these others get their turn.
 */
final class Removals<T> {
    private final Setup<T> setup;
    private final Backlog<T> backlog;
    private final Slots<T> slots;
    private final Journal<T> journal;
    private final Pruner<T> pruner;
    private final Supplier<Options> options;

    Removals(
            Setup<T> setup,
            Backlog<T> backlog,
            Slots<T> slots,
            Journal<T> journal,
            Pruner<T> pruner,
            Supplier<Options> options) {
        this.setup = setup;
        this.backlog = backlog;
        this.slots = slots;
        this.journal = journal;
        this.pruner = pruner;
        this.options = options;
    }

    /** Starts the next removal of a row key; says whether there was one. */
    boolean startKeyed(long now) {
        PruneRun run = pruner.run();
        if (run == null) {
            return false;
        }
        for (int left = run.keyed.size(); left > 0; left--) {
            PlannedRemoval removal = run.keyed.remove();
            Key key = removal.key();
            if (key != null && startOrSettle(run, removal, key, now)) {
                return true;
            }
        }
        finishIfOver(run);
        return false;
    }

    /** Whether only removals without a key are left, so that the next one wants to be alone. */
    boolean wantsToBeAlone() {
        PruneRun run = pruner.run();
        return run != null && !run.aloneRuns && run.keyed.isEmpty() && run.running == 0 && !run.keyless.isEmpty();
    }

    /** Whether a removal without a key runs: nothing else may start. */
    boolean isAlone() {
        PruneRun run = pruner.run();
        return run != null && run.aloneRuns;
    }

    /** Starts the next removal without a key, while nothing else runs; says whether it did. */
    boolean startAlone(long now) {
        PruneRun run = pruner.run();
        if (run == null) {
            return false;
        }
        if (!slots.abandoned().isEmpty()) {
            run.keyless.forEach(removal -> run.failed(
                    removal, "an operation that passed its deadline still runs, and this one must run alone"));
            run.keyless.clear();
            finishIfOver(run);
            return false;
        }
        PlannedRemoval removal = run.keyless.remove();
        run.aloneRuns = true;
        launch(run, removal, null, now);
        return true;
    }

    /** Says whether it started; when not, it was settled or put back. */
    private boolean startOrSettle(PruneRun run, PlannedRemoval removal, Key key, long now) {
        Work<T> work = backlog.get(key);
        boolean leftToDelete = work != null && work.isUndoneDelete();
        if (leftToDelete
                || setup.paused().contains(key)
                || setup.row(setup.database().readTxn(), key) != null) {
            run.spared(removal);
            return false;
        }
        if (work == null) {
            launch(run, removal, backlog.add(key), now);
            return true;
        }
        if (work.running != null && !work.running.isAbandoned()) {
            run.keyed.add(removal);
        } else if (work.running != null) {
            run.failed(removal, "an operation on its key passed its deadline and still runs");
        } else {
            run.spared(removal); // a row that was there a moment ago: its delete comes
        }
        return false;
    }

    private void launch(PruneRun run, PlannedRemoval removal, @Nullable Work<T> work, long now) {
        ReadTxn txn = setup.database().readTxn();
        AtomicBoolean spared = new AtomicBoolean();
        Attempt.Brief<T> brief = new Attempt.Brief<>(
                setup.fullName(), "prune", work, txn, setup.table().revision(txn), 1, Cause.PRUNE, Map.of());
        Attempt.Body<T> body = attempt -> {
            if (isDesired(removal, setup.database().readTxn())) {
                spared.set(true);
            } else {
                removal.action().run(attempt);
            }
            return Outcome.done();
        };
        run.running++;
        Attempt<T> attempt = slots.start(brief, body, new End(run, removal, spared), options.get(), now);
        if (work != null) {
            work.running = attempt;
        }
    }

    /** Asked on the removal's own thread, right before it runs: since it was decided a row may have come. */
    private boolean isDesired(PlannedRemoval removal, ReadTxn newest) {
        Key key = removal.key();
        return (key != null && setup.row(newest, key) != null)
                || (removal.stillUndesired() != null
                        && !removal.stillUndesired().test(newest));
    }

    private void finishIfOver(PruneRun run) {
        if (run.isOver() && pruner.run() == run) {
            pruner.finish(run);
        }
    }

    /** What follows from the end of one removal. */
    private final class End implements Attempt.End<T> {
        private final PruneRun run;
        private final PlannedRemoval removal;
        private final AtomicBoolean spared;

        End(PruneRun run, PlannedRemoval removal, AtomicBoolean spared) {
            this.run = run;
            this.removal = removal;
            this.spared = spared;
        }

        @Override
        public void ended(Attempt<T> attempt, Outcome outcome) {
            String error = outcome instanceof Outcome.Retry retry ? retry.reason() : null;
            Key key = removal.key();
            if (key != null) {
                journal.ended(
                        attempt,
                        key,
                        OperationKind.REMOVAL,
                        error != null ? "failed" : spared.get() ? "superseded" : "done",
                        error);
            } else {
                journal.keylessRemovalEnded(attempt, error == null && !spared.get(), error);
            }
            if (error != null) {
                run.failed(removal, error);
            } else if (spared.get()) {
                run.spared(removal);
            } else {
                run.removed(removal);
            }
            run.running--;
            run.aloneRuns = false;
            if (!attempt.isAbandoned()) {
                endedLate(attempt);
            }
            finishIfOver(run);
        }

        @Override
        public void endedLate(Attempt<T> attempt) {
            Work<T> work = attempt.brief().work();
            if (work != null && work.running == attempt) {
                backlog.opened(work);
            }
        }
    }
}
